// Who else has this case open, and what another changed meanwhile: <div data-presence="address" data-since="moment">.
// Asked while the page is seen, every half minute; it is no activity, and replaces nothing that is typed.
import { typable, untouched } from "./draft.js";
import { eachPage, quiet, token } from "./page.js";

const EVERY = 30000;
let timer;

const writes = () => [...document.querySelectorAll("main form[data-draft]")].some((form) => !typable(form).every(untouched));

async function ask() {
  clearTimeout(timer);
  const box = document.querySelector("[data-presence]");
  if (!box || document.hidden) return;
  const body = new URLSearchParams({ since: box.dataset.since, writes: writes() ? "1" : "" });
  const answer = await fetch(box.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token(), ...quiet }, body });
  // Whoever is no longer signed in, or may no longer see the case, is told so by the next page.
  if (!answer.ok || answer.redirected) return;
  const html = await answer.text();
  if (html.trim() !== box.innerHTML.trim()) box.innerHTML = html;
  timer = setTimeout(again, EVERY);
}

const again = () => ask().catch(() => { timer = setTimeout(again, EVERY); });

export function presence() {
  document.addEventListener("visibilitychange", again);
  eachPage(again);
}
