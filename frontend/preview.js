// What the other will see, drawn by the server as parts are ticked:
// <form data-preview="address" data-preview-target="#id">. Without script a button asks for the same.
import { eachPage, token } from "./page.js";

const PAUSE = 400;
const timers = new WeakMap();
const asked = new WeakMap();

// Only what was asked last is drawn. Whoever is no longer signed in is told so when they send.
async function draw(form) {
  asked.get(form)?.abort();
  const { signal } = asked.set(form, new AbortController()).get(form);
  const headers = { "X-CSRFToken": token(), "Sluitend-Preview": "1" };
  const answer = await fetch(form.dataset.preview, { method: "POST", headers, body: new FormData(form), signal });
  if (!answer.ok || answer.redirected) return;
  const html = await answer.text();
  const target = form.isConnected && document.querySelector(form.dataset.previewTarget);
  if (!target) return;
  target.innerHTML = html;
  relabel(target);
  target.dispatchEvent(new CustomEvent("sl:drawn", { bubbles: true }));
}

function soon({ target }) {
  const form = target.closest("form[data-preview]");
  if (!form) return;
  clearTimeout(timers.get(form));
  // What does not come leaves the drawing of before; the next change asks again.
  timers.set(form, setTimeout(() => draw(form).catch(() => {}), PAUSE));
}

// The button and each letter say what is still to be done first, as the server counts it.
function relabel(target) {
  const said = target.querySelector("[data-send-label]");
  const word = document.querySelector("[data-send] [data-word]");
  if (said && word) word.textContent = said.dataset.sendLabel;
  for (const each of target.querySelectorAll("[data-state-of]")) {
    const shown = document.querySelector(`[data-state="${CSS.escape(each.dataset.stateOf)}"]`);
    if (shown) shown.textContent = each.textContent;
  }
}

export function preview() {
  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  eachPage(() => {
    for (const button of document.querySelectorAll("[data-preview-button]")) button.hidden = true;
  });
}
