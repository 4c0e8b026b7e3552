// Keeps what somebody types: <form data-draft="address">. At most every five seconds, and only after a change.
// The header tells the server that this is no activity: a page left open must not keep a session alive.
import { clock, fill, token } from "./page.js";

const PAUSE = 5000;
const changed = new Set();

function body(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

async function send(form) {
  changed.delete(form);
  const headers = { "X-CSRFToken": token(), "Sluitend-Draft": "1" };
  const answer = await fetch(form.dataset.draft, { method: "POST", headers, body: body(form), keepalive: true });
  if (!answer.ok || answer.redirected) throw new Error("not kept");
}

async function save(form) {
  const line = form.querySelector("[data-draft-saved]");
  try {
    await send(form);
    if (line) line.textContent = fill(line.dataset.draftSaved, { t: clock() });
  } catch {
    changed.add(form);
    if (line) line.textContent = line.dataset.draftFailed;
  }
}

export const saveAll = () => Promise.all([...changed].map(save));

export function draft() {
  const mark = ({ target }) => {
    const form = target.form ?? target.closest?.("form");
    if (form?.dataset.draft) changed.add(form);
  };
  document.addEventListener("input", mark);
  document.addEventListener("change", mark);
  document.addEventListener("submit", ({ target }) => changed.delete(target));
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAll(); });
  setInterval(saveAll, PAUSE);
}
