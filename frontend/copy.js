// Copies a receipt code: <button data-copy="the code" data-copied="Gekopieerd">.
import { eachPage } from "./page.js";

export function copy() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const word = button.querySelector("[data-word]") ?? button;
    word.textContent = button.dataset.copied;
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  eachPage(() => {
    for (const button of document.querySelectorAll("[data-copy], [data-print]")) button.hidden = false;
  });
}
