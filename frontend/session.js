// Two minutes before the session ends a dialog asks whether somebody is still there. When it ends, drafts are kept
// and the page is asked for again, which leads to sign-in: nothing stays on the screen.
import { saveAll } from "./draft.js";

const NOTICE = 2 * 60 * 1000;
const { dataset } = document.documentElement;
let warning;
let ending;

async function end() {
  await saveAll();
  location.reload();
}

function restart(box) {
  const left = Number(dataset.sessionSeconds) * 1000;
  box.hidden = true;
  clearTimeout(warning);
  clearTimeout(ending);
  warning = setTimeout(() => {
    box.hidden = false;
    box.querySelector("[data-session-keep]").focus();
  }, Math.max(left - NOTICE, 0));
  ending = setTimeout(end, left);
}

export function session() {
  const box = document.querySelector("[data-session-end]");
  if (!box) return;
  restart(box);
  box.querySelector("[data-session-keep]").addEventListener("click", async () => {
    const answer = await fetch(box.dataset.sessionEnd, { method: "HEAD" });
    if (answer.ok && !answer.redirected) restart(box);
    else end();
  });
  document.addEventListener("htmx:afterRequest", () => restart(box));
}
