// Sends a form without leaving its page, so that nothing typed is lost with the connection: it says that it was not sent,
// tries again, and shows what comes of it. Sending twice is harmless: the server works the same page once.
// Without script, and for signing in, the browser sends by itself.
import { kept } from "./draft.js";
import { fill, isLeaving, isShown, leave, showPage } from "./page.js";
import { push } from "./places.js";
import { isEnded, OTHER, RENEWED, renewToken } from "./renewing.js";

const OTHERS = /^\/(inloggen|uitloggen|account|taal)\//;
const WAITS = [2, 4, 8, 15, 30];
const STALLED = 60;
const PASSING = [500, 502, 503, 504];
const MOST_BROKEN = 4;
const SECOND = 1000;

const actionOf = (form, submitter) =>
  new URL(submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "", location.href);

export const inPlace = (form, submitter) =>
  form.method === "post" && !form.target && !("native" in form.dataset) && !OTHERS.test(actionOf(form, submitter).pathname);

const said = () => document.querySelector("template[data-sending]");

// One attempt. Fails with whether everything had left when the connection broke: then it may have arrived.
function attempt(form, submitter, progress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    let whole = false;
    let stall;
    const wait = () => {
      clearTimeout(stall);
      stall = setTimeout(() => request.abort(), STALLED * SECOND);
    };
    request.open("POST", actionOf(form, submitter));
    request.responseType = "blob";
    request.setRequestHeader("Sluitend-Send", "1");
    request.upload.onprogress = ({ loaded, total }) => { wait(); progress(loaded / total); };
    request.upload.onload = () => { whole = true; };
    request.onprogress = wait;
    request.onerror = request.onabort = () => { clearTimeout(stall); fail(whole); };
    request.onload = () => { clearTimeout(stall); done(request); };
    wait();
    request.send(new FormData(form, submitter));
  });
}

function alertOf(form) {
  return form.querySelector("[data-unsent]");
}

function say(form, submitter, sentence, { again = false, signIn = false } = {}) {
  let box = alertOf(form);
  if (!box) {
    box = said().content.firstElementChild.cloneNode(true);
    const beside = submitter && isShown(submitter) ? submitter : form.querySelector("button:not(.sl-hidden)") ?? form.lastElementChild;
    (beside.closest(".sl-actions") ?? beside).before(box);
  }
  const words = box.querySelector("[data-words]");
  if (words.textContent !== sentence) words.textContent = sentence;
  box.querySelector("[data-send-now]").hidden = !again;
  box.querySelector("[data-sign-in]")?.toggleAttribute("hidden", !signIn);
  box.scrollIntoView({ block: "nearest" });
  form.dispatchEvent(new CustomEvent("sl:unsent", { bubbles: true }));
}

// Until the time is over, the connection is back, or somebody presses.
function pause(form, seconds) {
  return new Promise((done) => {
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener("online", stop);
      alertOf(form)?.removeEventListener("click", pressed);
      done();
    };
    const pressed = ({ target }) => { if (target.closest("[data-send-now]")) stop(); };
    const timer = setTimeout(stop, seconds * SECOND);
    window.addEventListener("online", stop);
    alertOf(form)?.addEventListener("click", pressed);
  });
}

async function deliver(form, submitter, progress) {
  const { dataset } = said();
  for (let tries = 0, broken = 0; form.isConnected; tries += 1) {
    try {
      const answer = await attempt(form, submitter, progress);
      broken += 1;
      if (!PASSING.includes(answer.status)) return answer;
      if (answer.status === 500 && broken >= MOST_BROKEN) return answer;
      say(form, submitter, answer.status > 501 && answer.status !== 503 ? dataset.unknown : dataset.broken, { again: true });
    } catch (whole) {
      if (whole !== true && whole !== false) throw whole;
      say(form, submitter, whole ? dataset.unknown : dataset.lost, { again: true });
    }
    await pause(form, WAITS[Math.min(tries, WAITS.length - 1)]);
  }
  return null;
}

export function go(place) {
  const target = new URL(place, location.href);
  leave();
  const same = target.pathname + target.search === location.pathname + location.search;
  if (!same) location.assign(target);
  else {
    history.replaceState(history.state, "", target);
    location.reload();
  }
}

function keep(blob, disposition) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "";
  link.click();
  URL.revokeObjectURL(link.href);
}

const step = () => Number(document.querySelector("form[data-wizard]")?.elements.step?.value ?? 0);

// A page that comes in the place of this one is a step of its own for "back", unless it is this form that came back.
function follow(before) {
  const now = step();
  if (document.querySelector("[data-errors]") || (now && now === before)) return;
  push(now);
}

function refused(form, submitter, answer) {
  const { dataset } = said();
  const sentence = { 413: dataset.large, 429: dataset.fast, 500: dataset.failed }[answer.status] ?? dataset.refused;
  say(form, submitter, sentence);
}

// Whoever signed in again elsewhere notices nothing: the same press sends it in the session of now.
async function sendAgain(form, submitter, progress) {
  const { dataset } = said();
  const found = await renewToken().catch(() => "");
  if (found === RENEWED) return deliver(form, submitter, progress);
  say(form, submitter, found === OTHER ? dataset.other : dataset.ended, { signIn: found !== OTHER });
  return null;
}

async function arrive(form, submitter, answer, moved) {
  const place = answer.getResponseHeader("Sluitend-Place");
  if (place || answer.status === 200 || answer.status === 422) {
    form.dispatchEvent(new CustomEvent("sl:sent", { bubbles: true }));
  }
  if (place) return go(place);
  if (answer.status !== 200 && answer.status !== 422) return refused(form, submitter, answer);
  if (!answer.getResponseHeader("Content-Type")?.startsWith("text/html")) {
    return keep(answer.response, answer.getResponseHeader("Content-Disposition"));
  }
  const before = step();
  showPage(await answer.response.text());
  if (answer.status === 200 && moved) follow(before);
}

const word = (button) => button.querySelector("[data-word]") ?? button;

function busy(form, button) {
  form.setAttribute("aria-busy", "true");
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

function progressOf(form, button) {
  const files = [...form.querySelectorAll("input[type=file]")].some((each) => each.files.length);
  return (part) => {
    if (files && button?.dataset.calm) word(button).textContent = fill("{b} {p}%", { b: button.dataset.busy, p: Math.round(part * 100) });
  };
}

// Sends a form as if its button had been pressed. Returns whether an answer came.
// moved: what comes is a step of its own for "back", unlike a page that "back" asked for.
export async function sendForm(form, submitter, { moved = true } = {}) {
  busy(form, submitter);
  try {
    await kept(form);
    const progress = progressOf(form, submitter);
    let answer = await deliver(form, submitter, progress);
    if (isEnded(answer?.getResponseHeader("Sluitend-Session"))) answer = await sendAgain(form, submitter, progress);
    if (answer) await arrive(form, submitter, answer, moved);
  } finally {
    if (!isLeaving()) calm(form);
  }
}

export function send() {
  document.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented) return;
    // One press is enough: the second does nothing. The button stays enabled, so it keeps focus, name and value.
    const pressed = form.getAttribute("aria-busy") === "true";
    if (pressed || inPlace(form, submitter)) event.preventDefault();
    if (pressed) return;
    if (event.defaultPrevented) sendForm(form, submitter);
    else busy(form, submitter);
  });
  // A page that comes back from the browser's memory is calm again.
  window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(calm));
}
