// Pages of questions that live in one document: <form data-wizard>. Each page is the answer to a POST that is stored nowhere, so the
// browser cannot show it again by itself; here its Back and Forward ask the server for that page, with everything typed so far.
// Without script each page is a document of its own, and "Terug" on the page does the same.
import { isHeld, tell } from "./holding.js";
import { isSamePage, noted, push } from "./places.js";
import { sendForm } from "./send.js";

const present = () => document.querySelector("form[data-wizard]");
const number = () => Number(present()?.elements.step?.value ?? 1);

// What is shown is what this step of the history means from now on: after sending, nothing is left to go back to.
function stands() {
  if (present()) history.replaceState({ step: number() }, "");
  noted();
}

export function wizard() {
  stands();
  window.addEventListener("popstate", ({ state }) => {
    if (isSamePage()) return;
    if (isHeld()) {
      push(0);
      return tell();
    }
    const form = present();
    if (!form || !state?.step) return location.reload();
    const button = document.createElement("button");
    Object.assign(button, { name: "go", value: state.step, hidden: true });
    form.append(button);
    sendForm(form, button, { moved: false }).finally(() => {
      button.remove();
      stands();
    });
  });
}
