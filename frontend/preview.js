// What the other will see, drawn by the server as parts are ticked:
// <form data-preview="address" data-preview-target="#id">. Without script a button asks for the same.
import htmx from "htmx.org";
import { eachPage } from "./page.js";

const PAUSE = 400;
const timers = new WeakMap();

function draw(form) {
  htmx.ajax("POST", form.dataset.preview, { source: form, target: form.dataset.previewTarget, swap: "innerHTML" });
}

function soon({ target }) {
  const form = target.closest("form[data-preview]");
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(draw, PAUSE, form));
}

// The button says what is still to be done first, as the server counts it.
function relabel({ target }) {
  const said = target.querySelector("[data-send-label]");
  const word = document.querySelector("[data-send] [data-word]");
  if (said && word) word.textContent = said.dataset.sendLabel;
}

export function preview() {
  document.addEventListener("htmx:afterSwap", relabel);
  document.addEventListener("input", soon);
  document.addEventListener("change", soon);
  eachPage(() => {
    for (const button of document.querySelectorAll("[data-preview-button]")) button.hidden = true;
  });
}
