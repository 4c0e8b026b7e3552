// Shows what belongs to a choice: data-shows="#id" on a radio button, a tick box or an option of a select.
// Without script everything is visible. Several choices may show the same part.
import { eachPage } from "./page.js";

const chosen = (control) => (control.matches("option") ? control.selected : control.checked);

export function update(scope = document) {
  const shown = new Map();
  for (const control of scope.querySelectorAll("[data-shows]")) {
    for (const selector of control.dataset.shows.split(" ")) {
      shown.set(selector, shown.get(selector) || chosen(control));
    }
  }
  for (const [selector, show] of shown) {
    const target = document.querySelector(selector);
    const part = target?.closest("[data-shown]") ?? target?.closest(".utrecht-form-field") ?? target;
    if (part) part.hidden = !show;
  }
}

export function reveal() {
  document.addEventListener("change", () => update());
  document.addEventListener("sl:drawn", () => update());
  window.addEventListener("pageshow", () => update());
  eachPage(() => update());
}
