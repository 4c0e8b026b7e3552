// Keeps what somebody types: <form data-draft="address">, or a form with <input name="draft" data-draft-at="address">.
// At most every five seconds, and only after a change.
// Another page with the same form goes before this one: then it says so, and keeps nothing here until somebody chose.
import { clock, eachPage, fill, quiet, token } from "./page.js";
import { isEnded, RENEWED, renewToken } from "./renewing.js";

const PAUSE = 5000;
const PATIENCE = 10000;
const changed = new Set();
const underway = new Map();

function body(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  for (const secret of form.querySelectorAll("input[type=password]")) data.delete(secret.name);
  if ("takes" in form.dataset) data.set("draft_take", "1");
  return data;
}

function waits(form, at) {
  const box = form.querySelector("[data-draft-elsewhere]");
  form.dataset.elsewhere = at;
  box.querySelector("[data-words]").textContent = fill(box.dataset.draftElsewhere, { t: at });
  box.hidden = false;
}

export function goesOn(form) {
  delete form.dataset.elsewhere;
  form.querySelector("[data-draft-elsewhere]").hidden = true;
}

const post = (form) =>
  fetch(form.dataset.draft, { method: "POST", headers: { "X-CSRFToken": token(), ...quiet }, body: body(form), keepalive: true });

// Returns whether it was kept here.
async function send(form) {
  changed.delete(form);
  let answer = await post(form);
  if (isEnded(answer.headers.get("Sluitend-Session")) && (await renewToken()) === RENEWED) answer = await post(form);
  if (!answer.ok || answer.redirected) throw new Error("not kept");
  if (answer.status === 200) {
    waits(form, (await answer.json()).at);
    return false;
  }
  delete form.dataset.takes;
  if (form.elements.draft_seen) form.elements.draft_seen.value = answer.headers.get("Sluitend-Draft");
  return true;
}

async function keep(form) {
  const line = form.querySelector("[data-draft-saved]");
  try {
    const kept = await send(form);
    if (line) line.textContent = kept ? fill(line.dataset.draftSaved, { t: clock() }) : "";
  } catch {
    changed.add(form);
    if (line) line.textContent = line.dataset.draftFailed;
  }
}

function save(form) {
  const keeping = keep(form).finally(() => { if (underway.get(form) === keeping) underway.delete(form); });
  underway.set(form, keeping);
  return keeping;
}

// What is still underway to be kept goes before its form: after it, it would bring back what was sent.
export const kept = (form) => Promise.race([underway.get(form), new Promise((done) => setTimeout(done, PATIENCE))]);

export const saveAll = () => Promise.all([...changed].filter((form) => !("elsewhere" in form.dataset)).map(save));

// Nothing here is new to the server.
export const forget = (form) => changed.delete(form);

const CHOSEN = ["checkbox", "radio"];
const OURS = ["hidden", "file", "password", "submit", "button"];

export const isChosen = (field) => CHOSEN.includes(field.type);

export const typable = (form) =>
  [...form.elements].filter((each) => each.name && each.matches("input, textarea, select") && !OURS.includes(each.type));

export function untouched(field) {
  if (isChosen(field)) return field.checked === field.defaultChecked;
  if (!field.options) return field.value === field.defaultValue;
  const options = [...field.options];
  // A list of which nothing was chosen beforehand stands on its first line.
  if (!field.multiple && !options.some((each) => each.defaultSelected)) return field.selectedIndex <= 0;
  return options.every((each) => each.selected === each.defaultSelected);
}

// On a slow line somebody types before this script is there; a form that came back holds what may not have been kept yet.
function begin() {
  for (const form of changed) if (!form.isConnected) changed.delete(form);
  for (const field of document.querySelectorAll("[data-draft-at]")) field.form.dataset.draft = field.dataset.draftAt;
  for (const form of document.querySelectorAll("form[data-draft]")) {
    if (form.matches("[data-draft-begun]") || form.querySelector("[data-errors]") || !typable(form).every(untouched)) changed.add(form);
  }
}

function take(form) {
  goesOn(form);
  form.dataset.takes = "";
  return save(form);
}

export function draft() {
  const mark = ({ target }) => {
    const form = target.form ?? target.closest?.("form");
    if (form?.dataset.draft) changed.add(form);
  };
  document.addEventListener("input", mark);
  document.addEventListener("change", mark);
  document.addEventListener("submit", ({ target }) => forget(target));
  document.addEventListener("sl:sent", ({ target }) => forget(target));
  document.addEventListener("sl:unsent", mark);
  document.addEventListener("click", ({ target }) => { if (target.closest("[data-draft-take]")) take(target.closest("form")); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) saveAll(); });
  eachPage(begin);
  setInterval(saveAll, PAUSE);
}
