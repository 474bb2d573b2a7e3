// A channel, a direct conversation or a thread: its messages, kept up to date, and the box to write in.

import { renderComposer } from "./composer.js";
import { confirmed } from "./dialog.js";
import { announce, h } from "./dom.js";
import { renderMessage, renderRewrite, summary } from "./messages.js";
import { dayName } from "./time.js";

export class Pane {
  /** `thread` is the id of the message whose thread this is, or null. `host` offers api, person and openThread. */
  constructor(host, channel, thread) {
    this.host = host;
    this.channel = channel;
    this.thread = thread;
    this.messages = new Map();
    this.editing = null;
    this.followsEnd = true;
    this.answered = null;
    this.list = h("ol", { class: "messages", "aria-label": thread ? "Replies" : "Messages", tabIndex: 0 });
    this.list.addEventListener("load", () => { if (this.followsEnd) this.toEnd(); }, true);
    this.list.addEventListener("scroll", () => { this.followsEnd = this.isAtEnd(); });
    const writable = channel.state !== "archived";
    this.composer = writable ? this.makeComposer() : null;
    this.element = h("section", { class: "pane", "aria-label": this.name() }, this.header(), this.list,
      this.composer ? this.composer.element : h("p", { class: "notice" }, "This channel is archived. Nobody can write here any more."));
  }

  name() {
    if (this.thread) return "Thread";
    return this.channel.direct ? "Direct messages with Starling" : `Channel ${this.channel.name}`;
  }

  header() {
    if (this.thread) {
      return h("header", {}, h("div", { class: "heading" }, h("h1", {}, "Thread"), h("p", {}, this.channel.direct ? "With Starling" : `#${this.channel.name}`)),
        h("button", { type: "button", onclick: () => this.host.closeThread() }, "Close thread"));
    }
    const title = this.channel.direct ? this.channel.name : `# ${this.channel.name}`;
    const topic = this.channel.direct ? "Only you and Starling see this conversation" : this.channel.topic;
    return h("header", {}, h("button", { type: "button", class: "back plain", onclick: () => this.host.showChannels() }, "Channels"),
      h("div", { class: "heading" }, h("h1", {}, title), h("p", {}, topic)));
  }

  makeComposer() {
    const place = { channel: this.channel.id, thread: this.thread ? String(this.thread) : null };
    const label = this.thread ? "Reply in thread" : this.channel.direct ? "Message Starling" : `Message #${this.channel.name}`;
    return renderComposer({
      id: this.thread ? "write-reply" : "write-message",
      label,
      draftKey: `draft/${this.host.person}/${this.channel.id}/${this.thread ?? ""}`,
      complete: (line) => this.host.api.get(`completions?line=${encodeURIComponent(line)}`),
      send: (text, files) => text.startsWith("/")
        ? this.host.api.post("commands", { ...place, line: text })
        : this.host.api.post("messages", { ...place, text, files }),
    });
  }

  async load() {
    const thread = this.thread ? `&thread=${this.thread}` : "";
    const found = await this.host.api.get(`messages?channel=${encodeURIComponent(this.channel.id)}${thread}`);
    if (!found) return;
    // What came by itself while these were fetched is newer than they are.
    this.messages = new Map([...found.map((message) => [message.id, message]), ...this.messages]);
    this.draw();
    this.toEnd();
    this.markSeen();
  }

  shows(message) {
    if (message.channel !== this.channel.id) return false;
    return this.thread ? message.thread === this.thread || message.id === this.thread : message.thread === null;
  }

  /** Take in a message as it is now: new, changed, or gone. */
  update(message) {
    if (!this.shows(message)) return;
    const known = this.messages.has(message.id);
    const gone = message.deleted && !message.replies && message.id !== this.thread;
    if (gone && !known) return;
    const atEnd = this.isAtEnd();
    if (gone) this.messages.delete(message.id);
    else this.messages.set(message.id, message);
    if (this.editing === message.id) return;
    if (known && !gone) this.redraw(message);
    else this.draw();
    if (!known) {
      if (!message.mine) announce(summary(message));
      if (this.answersOwnAct(message) || atEnd || message.mine) this.toEnd(message);
      this.markSeen();
    }
  }

  /** Whether this is the first that Starling says here since the person did something, and so its reply. */
  answersOwnAct(message) {
    const act = this.host.api.lastAct();
    if (!message.author.is_bot || act === null || act === this.answered) return false;
    this.answered = act;
    return true;
  }

  draw() {
    const held = this.heldFocus();
    const items = [];
    let day = "";
    for (const message of [...this.messages.values()].sort((a, b) => a.id - b.id)) {
      const itsDay = dayName(new Date(message.posted_at));
      if (itsDay !== day) items.push(h("li", { class: "day" }, itsDay));
      day = itsDay;
      items.push(renderMessage(message, this.acts(), this.thread !== null));
    }
    if (!items.length) items.push(h("li", { class: "empty" }, "Nothing has been said here yet."));
    this.list.replaceChildren(...items);
    this.restoreFocus(held);
  }

  redraw(message) {
    const held = this.heldFocus();
    this.item(message.id)?.replaceWith(renderMessage(message, this.acts(), this.thread !== null));
    this.restoreFocus(held);
  }

  item(id) { return this.list.querySelector(`[data-message="${id}"]`); }

  /** Put the focus where a message's thread is opened, else into the box one writes in. */
  focusMessage(id) {
    const item = this.item(id);
    (item?.querySelector("[data-key=replies], [data-key=reply]") ?? this.composer?.box)?.focus();
  }

  heldFocus() {
    const active = document.activeElement;
    const item = active?.closest?.("[data-message]");
    return item && this.list.contains(item) ? { id: item.dataset.message, key: active.dataset.key } : null;
  }

  restoreFocus(held) {
    if (!held || this.list.contains(document.activeElement)) return;
    const item = this.item(held.id);
    const same = [...(item?.querySelectorAll("[data-key]") ?? [])].find((each) => each.dataset.key === held.key);
    (same ?? item?.querySelector("button") ?? this.list).focus({ preventScroll: true });
  }

  /** The thread of this message has been seen to its end. */
  threadSeen(id) {
    const root = this.messages.get(id);
    if (!root?.replies?.unread) return;
    root.replies.unread = 0;
    if (this.editing !== id) this.redraw(root);
  }

  acts() {
    return {
      act: (message, action, chosen) => this.host.api.post("actions", { message: String(message.id), thread: this.thread === null ? null : String(this.thread), action, chosen }),
      image: (id) => this.host.api.image(id),
      file: (message, name) => this.host.api.file(message.id, name),
      openThread: (message) => this.host.openThread(message),
      edit: (message) => this.rewrite(message),
      remove: (message) => this.remove(message),
      dismiss: async (message) => {
        if (await this.host.api.remove(`messages/${message.id}/copy`)) this.composer?.box.focus();
      },
    };
  }

  rewrite(message) {
    this.editing = message.id;
    const end = () => {
      this.editing = null;
      this.redraw(this.messages.get(message.id));
      this.item(message.id)?.querySelector("[data-key=edit]")?.focus();
    };
    const save = async (text) => {
      if (text.trim() === message.text.trim() || await this.host.api.patch(`messages/${message.id}`, { text })) end();
    };
    const editor = renderRewrite(message, save, end);
    this.item(message.id).querySelector(".words").replaceWith(editor);
    const box = editor.querySelector("textarea");
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }

  async remove(message) {
    if (await confirmed("Delete this message?", "It cannot be brought back.", "Delete")) {
      await this.host.api.remove(`messages/${message.id}`);
      this.composer?.box.focus();
    }
  }

  isAtEnd() { return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < 80; }

  /** Show the end; of a new message that is taller than the list, its beginning. */
  toEnd(message) {
    const item = message && this.item(message.id);
    if (item && item.offsetHeight > this.list.clientHeight) item.scrollIntoView({ block: "start" });
    else this.list.scrollTop = this.list.scrollHeight;
    this.followsEnd = this.isAtEnd();
  }

  markSeen() {
    const last = Math.max(0, ...this.messages.keys());
    if (!last || document.hidden) return;
    this.host.api.post("seen", { channel: this.channel.id, thread: this.thread ? String(this.thread) : null, last }).then(() => this.host.seen(this));
  }
}
