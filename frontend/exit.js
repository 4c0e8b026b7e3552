// Leave at once: the link [data-exit], or Escape twice within a second. The page leaves no step back.
import { leave as meantTo } from "./page.js";

const WITHIN = 1000;

export function exit() {
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  let last = 0;
  const leave = () => {
    meantTo();
    location.replace(link.href);
  };
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - last < WITHIN) leave();
    last = event.timeStamp;
  });
}
