// The place where somebody stands: <button data-geo="#text" data-geo-lat="#lat" data-geo-lon="#lon">.
// The button is hidden without script. The place is asked for only after a press.
import { eachPage, fill } from "./page.js";

const OPTIONS = { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 };

const put = (selector, value) => {
  const field = selector && document.querySelector(selector);
  if (!field) return;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

function found(button, { coords }) {
  const { geo, geoLat, geoLon, geoFound } = button.dataset;
  put(geoLat, coords.latitude.toFixed(6));
  put(geoLon, coords.longitude.toFixed(6));
  put(geo, fill(geoFound, { m: Math.ceil(coords.accuracy) }));
}

function tell(button, sentence) {
  const line = document.querySelector(`[data-geo-status="${button.dataset.geo}"]`);
  if (line) line.textContent = sentence;
}

export function geo() {
  if (!("geolocation" in navigator)) return;
  eachPage(() => {
    for (const button of document.querySelectorAll("button[data-geo]")) button.hidden = false;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-geo]");
    if (!button) return;
    tell(button, button.dataset.geoBusy);
    navigator.geolocation.getCurrentPosition(
      (position) => { found(button, position); tell(button, ""); },
      () => tell(button, button.dataset.geoFailed),
      OPTIONS,
    );
  });
}
