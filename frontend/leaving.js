// Asks whoever leaves a page on which they typed something that is kept nowhere (without an account nothing is stored), or a receipt.
import { isHeld } from "./holding.js";
import { inPlace } from "./send.js";
import { isLeaving } from "./page.js";

const TYPED = "textarea, input:not([type=hidden], [type=file], [type=checkbox], [type=radio], [type=search], [name=code])";

// The answers of the other pages travel in hidden fields.
const carries = (form) => Boolean(form.querySelector("input[type=hidden][name=saw]")?.value);

const isTyped = (form) => [...form.querySelectorAll(TYPED)].some((each) => each.value !== each.defaultValue) || carries(form);

export function leaving() {
  window.addEventListener("beforeunload", (event) => {
    const forms = [...document.forms].filter((each) => inPlace(each) && !each.dataset.draft);
    if (!isLeaving() && (isHeld() || forms.some(isTyped))) event.preventDefault();
  });
}
