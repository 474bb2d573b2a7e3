// Cards: headers, text, quotes, lists, fields, pictures, buttons and selects.

import { h } from "./dom.js";

/**
 * A card as an element. `act(action, chosen)` is called for its controls; `image(id)` and `file(name)` give the
 * addresses of a picture and of a file that is handed over.
 */
export function renderCard(card, act, image, file) {
  const parts = card.elements.map((element) => RENDERERS[element.kind]?.(element, act, image, file));
  return h("div", { class: "card" }, h(card.headed ? "h2" : "p", {}, card.title), parts);
}

const RENDERERS = {
  header: (element) => h("h3", {}, element.text),
  paragraph: (element) => h("p", { class: element.quiet ? "quiet" : "" }, element.text),
  quote: (element) => h("blockquote", { dir: "auto" }, element.text),
  bullets: (element) => h(element.numbered ? "ol" : "ul", {}, element.items.map((item) => h("li", {}, item))),
  fields: (element) => h("dl", {}, element.items.map((item) => h("div", {}, h("dt", {}, item.label), h("dd", {}, item.value)))),
  image: (element, act, image) => h("img", { src: image(element.image), alt: element.alt }),
  document: (element, act, image, file) => h("a", { class: "link-button", href: file(element.name), download: element.name }, element.name),
  divider: () => h("hr"),
  buttons: (element, act) => h("div", { class: "buttons" }, element.items.map((button) => renderButton(button, act))),
  select: renderSelect,
};

function renderButton(button, act) {
  if (button.url) return h("a", { class: "link-button", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.label);
  const style = button.style === "normal" ? "" : button.style;
  return h("button", {
    type: "button",
    class: style,
    "data-key": button.action,
    onclick: async (event) => {
      const pressed = event.currentTarget;
      if (pressed.ariaBusy === "true") return;
      pressed.ariaBusy = "true";
      await act(button.action, []);
      pressed.ariaBusy = null;
    },
  }, button.label);
}

function renderSelect(element, act) {
  const select = h("select", { "data-key": element.action }, h("option", { value: "" }, "Choose…"), element.choices.map((choice) => h("option", { value: choice.value }, choice.label)));
  actOnceChosen(select, (value) => act(element.action, [value]));
  return h("label", { class: "choice" }, element.label, select);
}

/** With the arrow keys one passes choices by: those count only once Enter is pressed or the select is left. */
function actOnceChosen(select, act) {
  let passing = false;
  let passed = "";
  const take = () => {
    if (passed) act(passed);
    passed = "";
  };
  select.addEventListener("keydown", (event) => {
    passing = event.key !== "Enter";
    if (event.key === "Enter") take();
  });
  select.addEventListener("pointerdown", () => { passing = false; });
  select.addEventListener("blur", take);
  select.addEventListener("change", () => {
    passed = select.value;
    if (!passing) take();
  });
}
