// One press is enough: the second does nothing. The button stays enabled, so it keeps focus, name and value.
// <button data-busy="Bezig met versturen…"> changes its text.
const word = (button) => button.querySelector("[data-word]") ?? button;

function say(button) {
  if (!button?.dataset.busy) return;
  button.dataset.calm = word(button).textContent;
  word(button).textContent = button.dataset.busy;
}

function calm(form) {
  form.removeAttribute("aria-busy");
  for (const button of form.querySelectorAll("[data-calm]")) {
    word(button).textContent = button.dataset.calm;
    delete button.dataset.calm;
  }
}

export function submit() {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (event.defaultPrevented) return;
    if (target.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    target.setAttribute("aria-busy", "true");
    say(submitter);
  });
  // A page that comes back from the browser's memory is calm again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(calm));
}
