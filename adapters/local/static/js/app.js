// The page of the local workspace. What is shown is in the address: #/person/channel/thread.
//
// Names that tests and screen readers can rely on:
//   combobox "You are", button "+1 hour" "+1 day" "+2 weeks", button "Dark colours" or "Light colours"
//   navigation "Channels" with buttons "# interview-practice", "Home", "Direct messages"
//   region "Channel interview-practice", "Direct messages with Starling", "Thread", "Home"
//   textbox "Message #interview-practice", "Message Starling", "Reply in thread", "Edit your message"
//   (a textbox is a combobox while a command is typed; its listbox is "Suggestions"), button "Send"
//   each message an article; on it "Reply", "Edit", "Delete", "2 replies …", and its card's own labels
//   dialog named by the form's title, its inputs by their labels, "Cancel" and the form's own button
//   what Starling marks on a message has the test id "reaction"

import { Api } from "./api.js";
import { renderCard } from "./cards.js";
import { showForm } from "./dialog.js";
import { announce, byId, h } from "./dom.js";
import { Pane } from "./pane.js";
import { drawSidebar, wireSidebar } from "./sidebar.js";
import { refreshTimes, setTime } from "./time.js";

const FIRST_PERSON = "priya";
const FIRST_PLACE = "interview-practice";
const WIDE = matchMedia("(min-width: 681px)");

class App {
  constructor() {
    this.main = null;
    this.beside = null;
    this.asked = 0;
    this.shown = 0;
    wireSidebar((person) => this.go(person, this.place === this.directOf(this.person) ? this.directOf(person) : this.place), (hours) => this.moveClock(hours));
    addEventListener("hashchange", () => this.follow());
    addEventListener("visibilitychange", () => { if (!document.hidden) { this.main?.markSeen?.(); this.beside?.markSeen(); } });
    addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.defaultPrevented && this.beside && !byId("dialog").open) this.closeThread(); });
  }

  directOf(person) { return `direct-${person}`; }

  /** Whoever opens the page without an address stands in the practice channel, where the question is. */
  address() {
    const [person, place, thread] = location.hash.slice(2).split("/").map(decodeURIComponent);
    return { person: person || sessionStorage.getItem("person") || FIRST_PERSON, place: place ?? (location.hash ? "" : FIRST_PLACE), thread: thread ? Number(thread) : null };
  }

  go(person, place, thread = null) {
    location.hash = `#/${[person, place, thread].filter((part) => part !== null).map(encodeURIComponent).join("/")}`;
  }

  async follow() {
    const { person, place, thread } = this.address();
    if (person !== this.person) await this.become(person);
    if (!this.state) return;
    byId("app").classList.toggle("at-place", place !== "");
    const wanted = place || FIRST_PLACE;
    if (wanted !== this.place || !this.main) {
      this.place = wanted;
      this.showPlace();
    }
    const before = this.beside?.thread ?? null;
    if (thread !== before) this.showThread(thread);
    if (before && !thread) this.main?.focusMessage?.(before);
    drawSidebar(this.state, this.place, (id) => this.go(this.person, id));
  }

  async become(person) {
    this.source?.close();
    showForm(null);
    this.person = person;
    this.api = new Api(person);
    this.state = await this.api.get("state");
    if (!this.state) return;
    sessionStorage.setItem("person", person);
    setTime(this.state.me.zone, this.state.now);
    this.main = null;
    this.showThread(null);
    document.title = `Starling – ${this.state.me.name}`;
    announce(`You are ${this.state.me.name}.`);
    this.source = this.api.live(this.state.last_change, (update) => this.take(update));
    showForm(this.state.form, this.state.people, this.api);
  }

  showPlace() {
    if (this.place === "home") {
      this.main = null;
      this.api.post("home");
      this.drawHome();
      return;
    }
    const channel = this.state.channels.find((each) => each.id === this.place);
    if (!channel) {
      this.go(this.person, FIRST_PLACE);
      return;
    }
    this.main = new Pane(this, channel, null);
    byId("place").replaceChildren(this.main.element);
    this.main.load();
    if (WIDE.matches) this.main.composer?.box.focus();
  }

  showThread(thread) {
    const channel = this.state?.channels.find((each) => each.id === this.place);
    this.beside = thread && channel ? new Pane(this, channel, thread) : null;
    byId("app").classList.toggle("with-thread", this.beside !== null);
    byId("beside").hidden = this.beside === null;
    byId("beside").replaceChildren(...(this.beside ? [this.beside.element] : []));
    this.beside?.load();
    if (WIDE.matches) this.beside?.composer?.box.focus();
  }

  drawHome() {
    const act = (action, chosen) => this.api.post("actions", { message: null, action, chosen });
    const card = this.state.home
      ? renderCard(this.state.home, act, (id) => this.api.image(id))
      : h("p", { class: "empty" }, "Starling has not drawn your home yet.");
    byId("place").replaceChildren(h("section", { class: "pane", "aria-label": "Home" },
      h("header", {}, h("button", { type: "button", class: "back plain", onclick: () => this.showChannels() }, "Channels"),
        h("div", { class: "heading" }, h("h1", {}, "Home"), h("p", {}, "Only you see this page"))),
      h("div", { class: "home-card" }, card)));
  }

  openThread(message) { this.go(this.person, message.channel, message.id); }

  closeThread() {
    this.go(this.person, this.place);
  }

  showChannels() { this.go(this.person, ""); }

  async take(update) {
    if (update.kind === "message") {
      for (const message of [update.message, update.root].filter(Boolean)) {
        this.main?.update(message);
        this.beside?.update(message);
      }
      const shown = this.main?.shows(update.message) || this.beside?.shows(update.message);
      if (!shown && !update.message.mine) this.refresh();
      return;
    }
    await this.refresh();
    if (update.kind === "form") showForm(this.state.form, this.state.people, this.api);
    if (update.kind === "home" && this.place === "home") this.drawHome();
    if (update.kind === "channels" && this.main) this.showPlace();
    if (update.kind === "clock") { refreshTimes(); this.main?.draw?.(); this.beside?.draw(); }
  }

  /** Look at everything around the messages again. */
  async refresh() {
    const asked = ++this.asked;
    const state = await this.api.get("state");
    // What was asked for earlier and comes later is older than what is shown.
    if (!state || state.me.id !== this.person || asked < this.shown) return;
    this.shown = asked;
    this.state = state;
    setTime(state.me.zone, state.now);
    drawSidebar(state, this.place, (id) => this.go(this.person, id));
  }

  /** A pane's messages have been seen: its marks can go. */
  seen(pane) {
    this.refresh();
    if (pane.thread) this.main?.threadSeen(pane.thread);
  }

  moveClock(hours) {
    this.api.post("clock", { hours });
  }
}

const app = new App();
app.follow();
