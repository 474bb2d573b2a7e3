// Forms and questions in a dialog: the focus stays inside, and what is wrong is said beside the inputs.

import { byId, h } from "./dom.js";
import { renderInput, valuesOf } from "./inputs.js";

const dialog = () => byId("dialog");
let shownForm = null;

/** Show the form that stands open for this person, or close the dialog where none does. */
export function showForm(form, people, api) {
  if (!form) {
    if (shownForm !== null) {
      shownForm = null;
      dialog().close();
    }
    return;
  }
  if (shownForm !== form.action + form.title) build(form, people, api);
  shownForm = form.action + form.title;
  showAnswer(form);
}

function build(form, people, api) {
  const cancel = () => api.remove("form");
  const element = h("form", { noValidate: true, onsubmit: (event) => {
    event.preventDefault();
    api.post("form", { values: valuesOf(element, form.inputs) });
  } },
  h("h2", { id: "dialog-title" }, form.title),
  h("div", { class: "inputs" }, form.intro ? h("p", { class: "intro" }, form.intro) : null, form.inputs.map((input) => renderInput(input, form.values[input.name] ?? [], people))),
  h("div", { class: "ends" }, h("span", { class: "tip" }, "What you enter is sent only when you press the button."),
    h("button", { type: "button", onclick: cancel }, "Cancel"), h("button", { type: "submit", class: "primary" }, form.submit)));
  open(element, cancel);
  element.querySelector(".inputs input, .inputs textarea, .inputs select")?.focus();
}

function showAnswer(form) {
  const element = dialog().querySelector("form");
  const submit = element.querySelector("[type=submit]");
  submit.disabled = form.waits;
  submit.textContent = form.waits ? "Sending…" : form.submit;
  let first = null;
  for (const input of form.inputs) {
    const sentence = form.problems[input.name] ?? "";
    const holder = element.querySelector(`[data-input="${CSS.escape(input.name)}"]`);
    holder.querySelector(".error").textContent = sentence;
    for (const control of holder.querySelectorAll("input, textarea, select")) {
      if (sentence) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    if (sentence && !first) first = holder.querySelector("input, textarea, select");
  }
  first?.focus();
}

function open(content, onCancel) {
  const box = dialog();
  box.replaceChildren(content);
  box.oncancel = (event) => { event.preventDefault(); onCancel(); };
  if (!box.open) box.showModal();
}

/** Ask before something that cannot be undone; resolves to whether it is wanted. */
export function confirmed(question, explanation, yes) {
  return new Promise((resolve) => {
    const answer = (wanted) => { dialog().close(); resolve(wanted); };
    open(h("form", { onsubmit: (event) => { event.preventDefault(); answer(true); } },
      h("h2", { id: "dialog-title" }, question), h("div", { class: "inputs" }, h("p", {}, explanation)),
      h("div", { class: "ends" }, h("button", { type: "button", onclick: () => answer(false) }, "Cancel"), h("button", { type: "submit", class: "danger" }, yes))), () => answer(false));
  });
}
