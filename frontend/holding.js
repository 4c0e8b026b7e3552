// A receipt is shown once: until it was copied, printed or written down, Back stays on it and leaving asks first.
// Nothing is kept for it: the code stands on the page and nowhere else.
import { eachPage } from "./page.js";

let held = false;
const parts = (name) => document.querySelectorAll(`[data-${name}]`);

export const isHeld = () => held;

// Says why somebody is still here.
export function tell() {
  for (const words of parts("hold")) {
    words.hidden = false;
    words.scrollIntoView({ block: "nearest" });
  }
}

function release() {
  held = false;
  for (const part of [...parts("kept"), ...parts("hold")]) part.hidden = true;
}

export function holding() {
  document.addEventListener("click", ({ target }) => {
    if (held && target.closest("[data-kept], [data-copy], [data-print]")) release();
  });
  eachPage(() => {
    held = parts("kept").length > 0;
    for (const button of parts("kept")) button.hidden = false;
  });
}
