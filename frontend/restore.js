// Puts back what somebody typed before their session ended: <input name="draft" data-draft-at data-draft-kept="14:05">.
// Never over what is typed now, unless somebody asks for what they typed in another page. Where somebody else changed the thing meanwhile, only empty fields are filled.
import { forget, goesOn, isChosen, typable, untouched } from "./draft.js";
import { eachPage, fill, isShown, quiet, token } from "./page.js";

const plain = (text) => text.replace(/\r\n/g, "\n");
const options = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

function isEmpty(form, field) {
  return isChosen(field) ? !options(form, field.name).some((each) => each.defaultChecked) : !field.value;
}

function put(field, values) {
  if (isChosen(field)) {
    const before = field.checked;
    field.checked = values.includes(field.value);
    return field.checked !== before;
  }
  const value = values[0] ?? "";
  if (plain(field.value) === plain(value)) return false;
  field.value = value;
  return true;
}

function unfold(field) {
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function putBack(form, kept) {
  const same = (kept.revision?.[0] ?? "") === (form.elements.revision?.value ?? "");
  const free = typable(form).filter((each) => untouched(each) && (same || isEmpty(form, each)));
  const filled = free.filter((each) => put(each, kept[each.name] ?? []));
  filled.forEach(unfold);
  return filled.length > 0;
}

// What follows from a choice, and what a preview shows, follow again; the server has it all already.
function follow(form) {
  form.dispatchEvent(new Event("change", { bubbles: true }));
  forget(form);
}

async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json", ...quiet } });
  return answer.ok && !answer.redirected ? answer : null;
}

// Everything as it stands in the other page; what is typed next here is kept again.
async function bring(form) {
  const answer = await ask(form.dataset.draft);
  if (!answer) return;
  const kept = await answer.json();
  for (const field of typable(form)) if (put(field, kept[field.name] ?? [])) unfold(field);
  form.elements.draft_seen.value = answer.headers.get("Sluitend-Draft");
  goesOn(form);
  follow(form);
}

async function restore(field) {
  const { form, dataset } = field;
  const answer = await ask(dataset.draftAt);
  if (!answer || !putBack(form, await answer.json())) return;
  form.elements.draft_seen.value = answer.headers.get("Sluitend-Draft");
  follow(form);
  const line = form.querySelector("[data-draft-back]");
  line.textContent = fill(line.dataset.draftBack, { t: dataset.draftKept });
  form.querySelector("[data-draft-again]").hidden = false;
}

async function again(box) {
  const form = box.closest("form");
  await fetch(form.dataset.draft, { method: "DELETE", headers: { "X-CSRFToken": token() } });
  form.reset();
  follow(form);
  form.querySelector("[data-draft-back]").textContent = "";
  box.hidden = true;
  typable(form).find(isShown)?.focus();
}

const putAllBack = () => document.querySelectorAll("[data-draft-kept]").forEach((field) => restore(field).catch(() => {}));

export function restoring() {
  eachPage(putAllBack);
  document.addEventListener("click", ({ target }) => {
    const box = target.closest("[data-draft-again]");
    if (box && target.closest("button")) again(box).catch(() => {});
    if (target.closest("[data-draft-bring]")) bring(target.closest("form")).catch(() => {});
  });
}
