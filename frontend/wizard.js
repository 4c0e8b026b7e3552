// Pages of questions that live in one document: <form data-wizard>. Each page is the answer to a POST that is stored nowhere, so the
// browser cannot show it again by itself; here its Back and Forward ask the server for that page, with everything typed so far.
// Without script each page is a document of its own, and "Terug" on the page does the same.
import { focusErrors } from "./focus.js";
import { geo } from "./geo.js";
import { update } from "./reveal.js";

const present = () => document.querySelector("form[data-wizard]");
const number = () => Number(present()?.elements.step?.value ?? 1);

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.body.replaceChildren(...page.body.childNodes);
  geo(false);
  update();
  scrollTo(0, 0);
  (document.querySelector("[data-errors]") ?? document.querySelector("main")).focus();
  focusErrors();
}

async function ask(form, data) {
  const answer = await fetch(form.action, { method: "POST", body: data });
  show(await answer.text());
}

export function wizard() {
  if (!present()) return;
  history.replaceState({ step: number() }, "");
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (!form.matches("form[data-wizard]") || submitter?.value === "send" || form.dataset.plain) return;
    event.preventDefault();
    const before = number();
    try {
      await ask(form, new FormData(form, submitter));
    } catch {
      form.dataset.plain = "yes"; // no connection: let the browser say so
      form.requestSubmit(submitter);
      return;
    }
    if (number() !== before) history.pushState({ step: number() }, "");
  });
  window.addEventListener("popstate", ({ state }) => {
    const form = present();
    if (!form || !state?.step) return;
    const data = new FormData(form);
    data.set("go", state.step);
    ask(form, data).catch(() => location.reload());
  });
}
