// Small helpers to build the page. Text is only ever set as text, never as markup.

/** An element with properties (on… are listeners, aria-… and data-… attributes) and children. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name.includes("-") || name === "role" || name === "for" || name === "list") element.setAttribute(name, value === true ? "true" : value);
    else element[name] = value;
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** Tell people who cannot see the page what has just come. */
export function announce(sentence) {
  byId("news").textContent = sentence;
}

let hiding = 0;

/** Show what went wrong, for a while. */
export function showProblem(sentence) {
  const box = byId("problem");
  box.textContent = sentence;
  box.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(hideProblem, 8000);
}

/** Take away what went wrong: it is put right. */
export function hideProblem() {
  byId("problem").hidden = true;
}
