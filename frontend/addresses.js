// Says while somebody types that this looks like an address: data-no-address="the warning" on a field.
// It is coarser than what the server asks before anything is sent: a street with a number, or a postal code.
import { eachPage } from "./page.js";

const STREET =
  /\p{L}[\p{L}.'-]*(?:straat|laan|weg|kade|plein|pad|dijk|gracht|singel|hof|dreef|steeg|park|street|road|avenue)\.?\s{0,2}\d/iu;
const POSTCODE = /\b[1-9]\d{3}\s?[a-z]{2}\b/i;

function judge(field) {
  const likely = STREET.test(field.value) || POSTCODE.test(field.value);
  const said = field.nextElementSibling;
  if (likely === said.hasChildNodes()) return;
  if (!likely) return said.replaceChildren();
  const note = document.createElement("p");
  note.className = "utrecht-alert utrecht-alert--warning";
  note.textContent = field.dataset.noAddress;
  said.replaceChildren(note);
}

export function addresses() {
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-no-address]")) judge(event.target);
  });
  eachPage(() => {
    for (const field of document.querySelectorAll("[data-no-address]")) {
      const said = document.createElement("div");
      said.setAttribute("role", "status");
      field.after(said);
      judge(field);
    }
  });
}
