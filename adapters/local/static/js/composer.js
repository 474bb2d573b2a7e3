// The box one writes in: Enter sends, Shift+Enter makes a new line, and what is unsent is kept.

import { Completion } from "./completion.js";
import { h } from "./dom.js";

/** `label` names the box; `draftKey` is where what is unsent is kept; `send(text, files)` says whether it went well. */
export function renderComposer({ id, label, draftKey, send, complete }) {
  const box = h("textarea", { id, rows: 1, placeholder: label, "aria-label": label, value: sessionStorage.getItem(draftKey) ?? "" });
  const tip = h("span", { class: "tip", id: `${id}-tip` }, "Enter sends · Shift+Enter: new line · / for commands");
  box.setAttribute("aria-describedby", tip.id);
  const picker = h("input", { type: "file", multiple: true, hidden: true, tabIndex: -1, "aria-hidden": true });
  const chosen = h("ul", { class: "files", "aria-label": "Attachments to send", hidden: true });
  const completion = new Completion(box, tip, complete);
  let sending = Promise.resolve(true);

  const fit = () => {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${box.scrollHeight}px`;
  };
  const showFiles = () => {
    chosen.replaceChildren(...[...picker.files].map((file) => h("li", {}, file.name)));
    chosen.hidden = !picker.files.length;
  };
  const put = (text) => {
    box.value = text;
    if (text) sessionStorage.setItem(draftKey, text);
    else sessionStorage.removeItem(draftKey);
    completion.refresh();
    fit();
  };
  // The box is free again at once: what is typed while a message is on its way is the next message.
  const go = async () => {
    const text = box.value, files = [...picker.files].map((file) => file.name);
    if (!text.trim() && !files.length) return;
    completion.close();
    put("");
    picker.value = "";
    showFiles();
    sending = sending.then(() => send(text, files));
    if (!(await sending)) put(box.value ? `${text}\n${box.value}` : text);
  };
  box.addEventListener("input", () => {
    if (box.value) sessionStorage.setItem(draftKey, box.value);
    else sessionStorage.removeItem(draftKey);
    fit();
  });
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (completion.handles(event)) event.preventDefault();
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      go();
    }
  });
  picker.addEventListener("change", showFiles);
  const element = h("div", { class: "composer" }, completion.list, h("div", { class: "box" }, box, chosen, h("div", { class: "row" }, tip,
    picker,
    h("button", { type: "button", class: "plain", title: "Only the names of files are shared in this workspace", onclick: () => picker.click() }, "Attach"),
    h("button", { type: "button", class: "primary", onclick: go }, "Send"))));
  requestAnimationFrame(fit);
  return { element, box };
}
