// Times in the person's own zone, beside how long ago that was by the workspace's clock.

let zone = "UTC";
let ahead = 0;

/** From now on times are shown in this zone, and `now` (ISO) is the present. */
export function setTime(personZone, now) {
  zone = personZone;
  ahead = Date.parse(now) - Date.now();
}

export const present = () => new Date(Date.now() + ahead);

const shown = (date, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(date);

export const clockTime = (date) => shown(date, { hour: "2-digit", minute: "2-digit" });
export const fullTime = (date) => shown(date, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
export const clockFace = () => shown(present(), { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** The day of a date as a heading: Today, Yesterday, or its date. */
export function dayName(date) {
  const day = (each) => shown(each, { year: "numeric", month: "2-digit", day: "2-digit" });
  if (day(date) === day(present())) return "Today";
  if (day(date) === day(new Date(present().getTime() - 86400000))) return "Yesterday";
  return shown(date, { weekday: "long", day: "numeric", month: "long" });
}

/** How long ago that was: "just now", "3 min ago", "2 hours ago", "5 days ago". */
export function ago(date) {
  const minutes = Math.max(0, Math.floor((present() - date) / 60000));
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  const [count, unit] = minutes < 1440 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

/** Draw every relative time on the page anew. */
export function refreshTimes() {
  for (const element of document.querySelectorAll("time[data-ago]")) {
    const date = new Date(element.dateTime);
    element.textContent = `${clockTime(date)} · ${ago(date)}`;
  }
}
