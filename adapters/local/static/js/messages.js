// One message: who, when, what, and what can be done with it.

import { renderCard } from "./cards.js";
import { h } from "./dom.js";
import { ago, clockTime, fullTime } from "./time.js";

const REACTIONS = { seen: "Seen by Starling", done: "Done", waiting: "Starling waits for more" };

/** A message as a list item. `acts` offers: act, image, file, openThread, edit, remove, dismiss. */
export function renderMessage(message, acts, inThread) {
  const body = message.deleted
    ? h("p", { class: "gone" }, "This message was deleted.")
    : message.card
      ? renderCard(message.card, (action, chosen) => acts.act(message, action, chosen), acts.image, (name) => acts.file(message, name))
      : h("p", { class: "words", dir: "auto" }, message.text);
  const classes = ["message", message.only_for_you && "private", message.pings_me && "pings"].filter(Boolean).join(" ");
  return h("li", { class: classes, "data-message": message.id, id: `message-${inThread ? "thread-" : ""}${message.id}` },
    avatar(message.author),
    h("article", { "aria-label": summary(message) },
      byline(message), body, files(message), h("div", { class: "below" }, reaction(message), inThread ? null : replies(message, acts))),
    message.deleted ? null : actions(message, acts, inThread));
}

/** A message in one sentence, for people who listen. */
export function summary(message) {
  const words = message.deleted ? "deleted" : message.plain.replace(/\s+/g, " ").slice(0, 120);
  const only = message.only_for_you ? ", only visible to you" : "";
  return `${message.author.name}, ${clockTime(new Date(message.posted_at))}${only}: ${words}`;
}

function avatar(author) {
  if (author.id === "starling") return h("img", { class: "avatar", src: "/static/starling.svg", alt: "" });
  const colour = [...author.id].reduce((hash, letter) => (hash * 23 + letter.charCodeAt(0)) % 997, 0) % 6;
  return h("span", { class: `avatar c${colour}`, "aria-hidden": true }, author.name.slice(0, 1));
}

function byline(message) {
  const date = new Date(message.posted_at);
  return h("div", { class: "byline" },
    h("b", {}, message.author.name),
    message.author.is_bot ? h("span", { class: "tag" }, "App") : null,
    h("time", { dateTime: message.posted_at, title: fullTime(date), "data-ago": true }, `${clockTime(date)} · ${ago(date)}`),
    message.edited ? h("span", { class: "mark" }, "edited") : null,
    message.only_for_you ? h("span", { class: "only" }, "Only visible to you") : null);
}

function files(message) {
  if (!message.files.length) return null;
  return h("ul", { class: "files", "aria-label": "Attachments" }, message.files.map((name) => h("li", {}, name)));
}

function reaction(message) {
  if (!message.reaction) return null;
  return h("span", { class: `reaction ${message.reaction}`, "data-testid": "reaction" }, REACTIONS[message.reaction]);
}

function replies(message, acts) {
  if (!message.replies) return null;
  const { number, unread, last_at } = message.replies;
  return h("button", { type: "button", class: "replies", "data-key": "replies", onclick: () => acts.openThread(message) },
    `${number} ${number === 1 ? "reply" : "replies"}`,
    unread ? h("span", { class: "new" }, `, ${unread} new`) : null,
    ` · last ${ago(new Date(last_at))}`);
}

function actions(message, acts, inThread) {
  const offered = [
    !inThread && !message.only_for_you && h("button", { type: "button", class: "plain", "data-key": "reply", onclick: () => acts.openThread(message) }, "Reply"),
    message.mine && h("button", { type: "button", class: "plain", "data-key": "edit", onclick: () => acts.edit(message) }, "Edit"),
    message.mine && h("button", { type: "button", class: "plain", "data-key": "delete", onclick: () => acts.remove(message) }, "Delete"),
    message.only_for_you && h("button", { type: "button", class: "plain", "data-key": "dismiss", onclick: () => acts.dismiss(message) }, "Dismiss"),
    ...message.offers.map((offer) =>
      h("button", { type: "button", class: "plain", "data-key": offer.action, onclick: () => acts.act(message, offer.action, []) }, offer.label)),
  ].filter(Boolean);
  return offered.length ? h("div", { class: "acts", role: "group", "aria-label": "Actions" }, offered) : null;
}

/** The editor that stands in place of a message's words. */
export function renderRewrite(message, save, cancel) {
  const box = h("textarea", { value: message.text, "aria-label": "Edit your message" });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      cancel();
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save(box.value);
    }
  });
  return h("div", { class: "rewrite" }, box, h("div", { class: "below" },
    h("button", { type: "button", class: "primary", onclick: () => save(box.value) }, "Save"),
    h("button", { type: "button", onclick: cancel }, "Cancel")));
}
