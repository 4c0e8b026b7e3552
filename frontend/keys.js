// Single keys of the desk: "/" searches, J and K walk rows, G and a letter jumps on a page of a case, "?" lists them.
// Never while somebody types, and off when the account says so.
import { isShown } from "./page.js";

const ROWS = ".sl-step__what a";
const JUMP_WITHIN = 1500;
let jumpUntil = 0;

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");

function search() {
  const field = document.getElementById("zoek");
  if (!field) return false;
  if (isShown(field)) field.focus();
  else {
    location.hash = "meer";
    document.getElementById("zoek-meer")?.focus();
  }
  return true;
}

function walk(step) {
  const rows = [...document.querySelectorAll(ROWS)].filter(isShown);
  if (!rows.length) return false;
  const now = rows.indexOf(document.activeElement);
  rows[now < 0 ? 0 : Math.min(Math.max(now + step, 0), rows.length - 1)].focus();
  return true;
}

function jump(letter) {
  const link = document.querySelector(`[data-jump="${CSS.escape(letter)}"]`);
  link?.click();
  return Boolean(link);
}

function startJump() {
  if (!document.querySelector("[data-jump]")) return false;
  jumpUntil = Date.now() + JUMP_WITHIN;
  return true;
}

// What G jumps to differs a page: the list says which letters there are here.
function list() {
  const box = document.querySelector("[data-keys-list]");
  if (!box) return false;
  const letters = [...document.querySelectorAll("[data-jump]")];
  const said = letters.map((each) => `${each.dataset.jump.toUpperCase()} ${each.textContent.trim()}`).join(", ");
  if (said) box.querySelector("[data-jumps]").textContent = said;
  if (!box.open) box.showModal();
  return true;
}

function press(key) {
  if (Date.now() < jumpUntil) {
    jumpUntil = 0;
    return jump(key);
  }
  if (key === "/") return search();
  if (key === "j") return walk(1);
  if (key === "k") return walk(-1);
  if (key === "?") return list();
  return key === "g" && startJump();
}

export function keys() {
  document.addEventListener("keydown", (event) => {
    const { dataset } = document.documentElement;
    if (dataset.keys === "off" || dataset.curtain === "on") return;
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    if (press(event.key.toLowerCase())) event.preventDefault();
  });
}
