// The place where somebody stands: <button data-geo="#lat" data-geo-lon="#lon" data-geo-off="#metres">.
// The button is hidden without script. The place is asked for only after a press, and a second press takes it away.
import { eachPage, fill } from "./page.js";

const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };

const fieldsOf = ({ geo, geoLon, geoOff }) => [geo, geoLon, geoOff].map((selector) => document.querySelector(selector));

function put(button, values) {
  fieldsOf(button.dataset).forEach((field, at) => {
    field.value = values[at];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  show(button);
}

// That it was found stands on the button; then the line is only heard, and the page grows no longer.
function tell(button, sentence, { seen = true } = {}) {
  const line = document.querySelector(`[data-geo-status="${button.dataset.geo}"]`);
  line.textContent = sentence;
  line.classList.toggle("sl-hidden", !seen);
}

function show(button) {
  const [lat, , off] = fieldsOf(button.dataset);
  const { geoUse, geoAway, geoFound } = button.dataset;
  const metres = { m: off.value || "?" };
  button.querySelector("[data-word]").textContent = lat.value ? fill(geoAway, metres) : geoUse;
  tell(button, lat.value ? fill(geoFound, metres) : "", { seen: !lat.value });
}

const found = (button, { coords }) =>
  put(button, [coords.latitude.toFixed(6), coords.longitude.toFixed(6), Math.max(1, Math.ceil(coords.accuracy))]);

export function geo() {
  if (!("geolocation" in navigator)) return;
  eachPage(() => {
    for (const button of document.querySelectorAll("button[data-geo]")) {
      button.hidden = false;
      show(button);
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-geo]");
    if (!button) return;
    if (fieldsOf(button.dataset)[0].value) return put(button, ["", "", ""]);
    tell(button, button.dataset.geoBusy);
    navigator.geolocation.getCurrentPosition(
      (position) => found(button, position),
      () => tell(button, button.dataset.geoFailed),
      OPTIONS,
    );
  });
}
