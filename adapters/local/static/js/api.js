// Requests to the workspace, always in the name of one person.

import { hideProblem, showProblem } from "./dom.js";

const ACTS = new Set(["POST messages", "POST commands", "POST actions", "POST form"]);
const REPLY_WITHIN = 20_000;

export class Api {
  constructor(person) {
    this.person = person;
    this.acted = null;
    this.base = `/api/${encodeURIComponent(person)}`;
  }

  async request(method, path, body) {
    let answer;
    if (ACTS.has(`${method} ${path}`)) this.acted = performance.now();
    try {
      answer = await fetch(`${this.base}/${path}`, {
        method,
        headers: body === undefined ? {} : { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch {
      showProblem("The workspace does not answer. What you wrote is kept here; try again when it is back.");
      return null;
    }
    const data = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
    if (!answer.ok) {
      showProblem(data.problem ?? "The workspace could not do that.");
      return null;
    }
    if (data.late) showProblem(data.late);
    else if (method !== "GET") hideProblem();
    return data;
  }

  /** When this person last did what Starling answers, which marks that act; null once a reply would be too late. */
  lastAct() { return this.acted !== null && performance.now() - this.acted < REPLY_WITHIN ? this.acted : null; }

  get(path) { return this.request("GET", path); }
  post(path, body = {}) { return this.request("POST", path, body); }
  patch(path, body) { return this.request("PATCH", path, body); }
  remove(path) { return this.request("DELETE", path); }
  image(id) { return `${this.base}/images/${encodeURIComponent(id)}`; }
  file(message, name) { return `${this.base}/messages/${message}/documents/${encodeURIComponent(name)}`; }

  /** Live updates from change number `after` on; the browser reconnects and resumes by itself. */
  live(after, onUpdate) {
    const source = new EventSource(`${this.base}/live?after=${after}`);
    source.onmessage = (event) => onUpdate(JSON.parse(event.data));
    return source;
  }
}
