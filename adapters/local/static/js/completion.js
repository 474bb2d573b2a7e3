// Completion of commands as one types: a combobox while the text begins with a slash, a plain text box otherwise.

import { h } from "./dom.js";

export class Completion {
  /** `box` is the text area, `tip` the line that shows hints, `fetchFor(line)` gives suggestions and a hint. */
  constructor(box, tip, fetchFor) {
    this.box = box;
    this.tip = tip;
    this.usualTip = tip.textContent;
    this.fetchFor = fetchFor;
    this.found = [];
    this.foundFor = "";
    this.selected = -1;
    this.list = h("ul", { class: "suggestions", role: "listbox", id: `${box.id}-suggestions`, "aria-label": "Suggestions", hidden: true });
    box.addEventListener("input", () => this.refresh());
    box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  get open() { return !this.list.hidden; }

  async refresh() {
    const line = this.box.value;
    if (!line.startsWith("/") || line.includes("\n")) {
      this.box.removeAttribute("role");
      this.tip.textContent = this.usualTip;
      this.close();
      return;
    }
    this.box.setAttribute("role", "combobox");
    this.box.setAttribute("aria-controls", this.list.id);
    this.box.setAttribute("aria-autocomplete", "list");
    const answer = await this.fetchFor(line);
    if (!answer || this.box.value !== line) return;
    this.tip.textContent = answer.hint || this.usualTip;
    this.foundFor = line;
    // A command is completed by Enter; a value is sent as it was typed, unless one of the list was chosen.
    this.show(answer.suggestions, !answer.hint && !line.endsWith(" "));
  }

  show(found, first) {
    this.found = found;
    this.selected = found.length && first ? 0 : -1;
    this.list.replaceChildren(...found.map((each, index) => h("li", {
      role: "option",
      id: `${this.list.id}-${index}`,
      onmousedown: (event) => { event.preventDefault(); this.take(index); },
    }, h("span", { class: "label" }, each.label), h("span", { class: "description" }, each.description))));
    this.list.hidden = !found.length;
    this.mark();
  }

  mark() {
    [...this.list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === this.selected)));
    if (this.box.getAttribute("role") === "combobox") this.box.setAttribute("aria-expanded", String(this.open));
    else this.box.removeAttribute("aria-expanded");
    const current = this.open && this.list.children[this.selected];
    if (current) {
      this.box.setAttribute("aria-activedescendant", current.id);
      current.scrollIntoView({ block: "nearest" });
    } else this.box.removeAttribute("aria-activedescendant");
  }

  take(index) {
    this.box.value = this.found[index].line;
    this.close();
    this.box.focus();
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.selected = -1;
    this.mark();
  }

  /** Whether the key was used up by the open list. */
  handles(event) {
    if (!this.open) return false;
    if (event.key === "Escape") { this.close(); return true; }
    if (!this.fits()) return false;
    const last = this.found.length - 1;
    if (event.key === "ArrowDown") this.selected = this.selected >= last ? 0 : this.selected + 1;
    else if (event.key === "ArrowUp") this.selected = this.selected <= 0 ? last : this.selected - 1;
    else if (event.key === "Tab" || (event.key === "Enter" && this.adds())) { this.take(Math.max(0, this.selected)); return true; }
    else return false;
    this.mark();
    return true;
  }

  /** Whether the list still belongs to what is typed: more letters may have come since it was fetched. */
  fits() {
    const typed = this.box.value;
    return typed === this.foundFor || Boolean(this.found[this.selected]?.line.startsWith(typed));
  }

  /** Whether taking the selected suggestion would add anything to what is typed; else Enter sends. */
  adds() {
    const current = this.found[this.selected];
    return current && current.line.trim() !== this.box.value.trim();
  }
}
