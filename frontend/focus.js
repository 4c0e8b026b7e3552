// After a form came back: focus on the summary of errors. A fold with a wrong field inside opens by itself.
export function focusErrors() {
  for (const wrong of document.querySelectorAll("details .sl-field--wrong, details [aria-invalid=true]")) {
    wrong.closest("details").open = true;
  }
  document.querySelector("[data-errors]")?.focus();
}
