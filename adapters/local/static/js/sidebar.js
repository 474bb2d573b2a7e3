// The side of the page: who one is, where one can go, the clock and the colours.

import { byId, h } from "./dom.js";
import { clockFace, refreshTimes } from "./time.js";

const STEPS = [["+1 hour", 1], ["+1 day", 24], ["+2 weeks", 336]];

/** Draw people and channels as `state` says; `place` is the id of what is shown now. */
export function drawSidebar(state, place, go) {
  const you = byId("you");
  you.replaceChildren(...state.people.map((person) => h("option", { value: person.id }, person.name)));
  you.value = state.me.id;
  byId("about").textContent = `${state.me.about} · ${state.me.zone.replaceAll("_", " ")}`;
  const held = document.activeElement?.closest?.("#channels button")?.dataset.key;
  const rooms = state.channels.filter((channel) => !channel.direct).map((channel) => entry(channel.id, `# ${channel.name}`, channel, place, go));
  const direct = state.channels.filter((channel) => channel.direct).map((channel) => entry(channel.id, "Direct messages", channel, place, go));
  const home = entry("home", "Home", { unread: 0 }, place, go);
  byId("channels").replaceChildren(h("h2", {}, "Channels"), h("ul", {}, rooms), h("h2", {}, "Starling"), h("ul", {}, home, direct));
  if (held) byId("channels").querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
  byId("clock").hidden = !state.clock_moves;
  tick();
}

function entry(id, name, channel, place, go) {
  const archived = channel.state === "archived" ? h("span", { class: "tag" }, "archived") : null;
  const badge = channel.unread ? h("span", { class: "badge" }, String(channel.unread), h("span", { class: "unseen" }, " new")) : null;
  return h("li", {}, h("button", { type: "button", class: channel.unread ? "unread" : "", "data-key": id, "aria-current": id === place ? "page" : undefined, onclick: () => go(id) },
    h("span", { class: "name" }, name), archived, badge));
}

/** Make the switch between people, the clock's buttons and the colours work. */
export function wireSidebar(becomePerson, moveClock) {
  byId("you").addEventListener("change", (event) => becomePerson(event.target.value));
  byId("steps").replaceChildren(...STEPS.map(([label, hours]) => h("button", { type: "button", onclick: () => moveClock(hours) }, label)));
  const dark = () => document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  const name = () => { byId("theme").textContent = dark() ? "Light colours" : "Dark colours"; };
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = dark() ? "light" : "dark";
    localStorage.setItem("theme", document.documentElement.dataset.theme);
    name();
  });
  name();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", name);
  setInterval(() => { tick(); refreshTimes(); }, 20000);
}

function tick() {
  byId("now").textContent = clockFace();
}
