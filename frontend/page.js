// Small things that several behaviours share, and what holds for each page that is shown without leaving the document.

export const isShown = (element) => element.getClientRects().length > 0;

export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

export const clock = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

// Tells the server that this is no activity: a page left open must not keep a session alive.
export const quiet = { "Sluitend-Draft": "1" };

// "{s}" and the like in a sentence that the template wrote in the language of the page.
export const fill = (sentence, values) => sentence.replace(/\{(\w)\}/g, (whole, name) => values[name] ?? whole);

const fresh = [];

// Does this now, and again for each page that comes in the place of this one.
export function eachPage(behaviour) {
  fresh.push(behaviour);
  behaviour();
}

// What the behaviours and the curtain keep on the root stays; all else is as the new page says.
const KEPT = ["data-curtain"];

function dressRoot(root) {
  const own = document.documentElement;
  for (const { name } of [...own.attributes]) {
    if (!KEPT.includes(name) && !root.hasAttribute(name)) own.removeAttribute(name);
  }
  for (const { name, value } of root.attributes) own.setAttribute(name, value);
}

export function showPage(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  dressRoot(page.documentElement);
  document.body.className = page.body.className;
  document.body.replaceChildren(...page.body.childNodes);
  fresh.forEach((behaviour) => behaviour());
  scrollTo(0, 0);
  standAtStart();
}

// Who listens hears what a new page is, as after one that the browser fetched: what went wrong, or its heading and
// which step it is.
function standAtStart() {
  const heading = document.querySelector("main h1");
  if (document.getElementById("stap")) heading?.setAttribute("aria-describedby", "stap");
  heading?.setAttribute("tabindex", "-1");
  (document.querySelector("[data-errors]") ?? heading ?? document.querySelector("main"))?.focus();
}

// Whoever leaves on purpose is not asked whether that is what they want.
let leaving = false;
export const leave = () => { leaving = true; };
export const isLeaving = () => leaving;
