// After a form came back: focus on the summary of errors. A fold with a wrong field inside opens by itself.
import { eachPage } from "./page.js";

export function focusErrors() {
  eachPage(() => {
    for (const wrong of document.querySelectorAll("details [class*=--invalid], details [aria-invalid=true]")) {
      wrong.closest("details").open = true;
    }
    document.querySelector("[data-errors]")?.focus();
  });
}
