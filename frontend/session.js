// Two minutes before the session ends a dialog asks whether somebody is still there. When it ends, drafts are kept
// and the page is asked for again, which leads to sign-in: nothing stays on the screen.
import { saveAll } from "./draft.js";
import { eachPage, leave } from "./page.js";

const NOTICE = 2 * 60 * 1000;
const { dataset } = document.documentElement;
const dialog = () => document.querySelector("[data-session-end]");
let warning;
let ending;

async function end() {
  await saveAll();
  leave();
  location.reload();
}

function restart() {
  const box = dialog();
  clearTimeout(warning);
  clearTimeout(ending);
  if (!box) return;
  const left = Number(dataset.sessionSeconds) * 1000;
  box.hidden = true;
  warning = setTimeout(() => {
    box.hidden = false;
    box.querySelector("[data-session-keep]").focus();
  }, Math.max(left - NOTICE, 0));
  ending = setTimeout(end, left);
}

async function goOn() {
  const answer = await fetch(dialog().dataset.sessionEnd, { method: "HEAD" });
  if (answer.ok && !answer.redirected) restart();
  else end();
}

export function session() {
  eachPage(restart);
  document.addEventListener("click", ({ target }) => { if (target.closest("[data-session-keep]")) goOn(); });
  document.addEventListener("sl:drawn", restart);
}
