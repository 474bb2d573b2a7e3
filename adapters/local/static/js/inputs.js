// The inputs of a form: text, choice, rating, member.

import { h } from "./dom.js";

const FEW = 6;

/** One input with its label, hint and room for what is wrong with it. */
export function renderInput(input, values, people) {
  const ids = { control: `input-${input.name}`, hint: `hint-${input.name}`, error: `error-${input.name}` };
  const described = `${input.hint ? ids.hint : ""} ${ids.error}`.trim();
  const optional = input.required ? null : h("span", { class: "optional" }, " (optional)");
  const hint = input.hint ? h("span", { class: "hint", id: ids.hint }, input.hint) : null;
  const error = h("span", { class: "error", id: ids.error, role: "alert" });
  const grouped = input.kind === "rating" || (input.kind === "choice" && (input.several || input.choices.length <= FEW));
  if (grouped) {
    return h("fieldset", { class: "input", "data-input": input.name, "aria-describedby": described },
      h("legend", {}, input.label, optional), hint, options(input, values), error);
  }
  const list = input.offered ? h("datalist", { id: `offered-${input.name}` }, input.offered.map((choice) => h("option", { value: choice.label }))) : null;
  const control = input.kind === "text" ? text(input, values, ids) : select(input, values, ids, people);
  control.setAttribute("aria-describedby", described);
  if (list) control.setAttribute("list", list.id);
  if (input.required) control.setAttribute("aria-required", "true");
  return h("div", { class: "input", "data-input": input.name }, h("label", { for: ids.control }, input.label, optional), hint, control, list, error);
}

function text(input, values, ids) {
  const known = input.offered?.find((choice) => choice.value === values[0])?.label;
  const properties = { id: ids.control, name: input.name, value: known ?? values[0] ?? "", maxLength: input.longest, dir: "auto" };
  return input.multiline ? h("textarea", properties) : h("input", { type: "text", autocomplete: "off", ...properties });
}

function select(input, values, ids, people) {
  const choices = input.kind === "member" ? people.map((person) => ({ value: person.id, label: person.name })) : input.choices;
  const made = h("select", { id: ids.control, name: input.name }, h("option", { value: "" }, "Choose…"),
    choices.map((choice) => h("option", { value: choice.value }, choice.label)));
  made.value = values[0] ?? "";
  return made;
}

function options(input, values) {
  const type = input.several ? "checkbox" : "radio";
  return h("div", { class: "options" }, input.choices.map((choice) => h("label", {},
    h("input", { type, name: input.name, value: choice.value, checked: values.includes(choice.value) }),
    input.kind === "rating" ? h("span", { class: "rate" }, choice.value) : null,
    h("span", {}, choice.label))));
}

/** What was entered, a list of strings by input name; what is offered by its label stands for its value. */
export function valuesOf(form, inputs) {
  const entered = new FormData(form);
  const meant = (input, text) => input.offered?.find((choice) => choice.label === text)?.value ?? text;
  return Object.fromEntries(inputs.map((input) => [input.name, entered.getAll(input.name).filter((value) => value !== "").map((value) => meant(input, value))]));
}
