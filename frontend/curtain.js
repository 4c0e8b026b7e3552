// The curtain: Alt+B or any [data-curtain] button. The page stays as it is, typed text and focus included.
const root = document.documentElement;
const IDLE = 2 * 60 * 1000;
let focusBefore = null;
let timer;

const isDown = () => root.dataset.curtain === "on";

export function lower() {
  const curtain = document.querySelector(".sl-curtain");
  if (!curtain || isDown()) return;
  // What stands above all else would stand above the curtain, and keep its button from being pressed.
  for (const box of document.querySelectorAll("dialog[open]")) box.close();
  focusBefore = document.activeElement;
  root.dataset.curtain = "on";
  curtain.querySelector("button").focus();
}

function raise() {
  root.dataset.curtain = "off";
  focusBefore?.focus();
  waitAgain();
}

const toggle = () => (isDown() ? raise() : lower());

function waitAgain() {
  if (!("curtainIdle" in root.dataset)) return;
  clearTimeout(timer);
  timer = setTimeout(lower, IDLE);
}

export function curtain() {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("button[data-curtain]")) return;
    event.preventDefault(); // without script the button signs out
    toggle();
  });
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.code !== "KeyB") return;
    event.preventDefault();
    toggle();
  });
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    document.addEventListener(kind, waitAgain, { passive: true });
  }
  waitAgain();
}
