// Counts and names what somebody is about to send: <p data-files-of="id of the file input" ...>.
import { fill } from "./page.js";

function size(bytes) {
  const format = (value, unit) =>
    new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
  return bytes < 1e6 ? format(Math.ceil(bytes / 1e3), "kilobyte") : format(bytes / 1e6, "megabyte");
}

export function files() {
  document.addEventListener("change", ({ target }) => {
    if (target.type !== "file") return;
    const line = document.querySelector(`[data-files-of="${CSS.escape(target.id)}"]`);
    if (!line) return;
    const chosen = [...target.files];
    const sum = size(chosen.reduce((total, file) => total + file.size, 0));
    const sentence = chosen.length === 1 ? line.dataset.filesOne : line.dataset.filesMore;
    const names = chosen.map((file) => file.name).join(", ");
    line.textContent = chosen.length ? `${fill(sentence, { n: chosen.length, s: sum })}: ${names}` : "";
  });
}
