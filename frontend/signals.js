// The signals of a report: which stand first goes by the role that is pressed, and by the words that were typed.
// All of it happens here: no request says which role, which word or which signal somebody looks at.
import { eachPage } from "./page.js";

const SHORTEST = 5;
const RARE = 2;
const MOST_LIFTED = 3;
// That there are people is in every story.
const ANYBODY = /^(iemand|personen|persoon|mensen|mannen|vrouwen|meisjes?|jongens?|kinderen|people|persons?|somebody|someone|women|girls?|children)$/;

const one = (selector) => document.querySelector(selector);
const every = (selector) => [...document.querySelectorAll(selector)];
const box = (selector) => one(selector)?.querySelector("[data-signals]");

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
const wordsOf = (text) => [...new Set(plain(text).split(/[^a-z0-9]+/))].filter((each) => each.length >= SHORTEST && !ANYBODY.test(each));

// "paspoort" and "paspoorten" are one word.
const stem = (word) => word.slice(0, Math.max(SHORTEST, word.length - 2));
const alike = (word, other) => word.startsWith(stem(other)) && other.startsWith(stem(word));

const labelOf = (signal) => signal.querySelector(".sl-choice__label").textContent;

// What the handbook says that people mean counts; a word of its own sentences only when it stands in few of them.
function matches(signals, typed) {
  const meant = new Map(signals.map((each) => [each, wordsOf(each.dataset.said ?? "")]));
  const own = new Map(signals.map((each) => [each, wordsOf(labelOf(each))]));
  const hits = (word, words) => signals.filter((each) => words.get(each).some((other) => alike(word, other)));
  const score = new Map();
  for (const word of typed) {
    const few = hits(word, own);
    const found = new Set([...hits(word, meant), ...(few.length <= RARE ? few : [])]);
    found.forEach((each) => score.set(each, (score.get(each) ?? 0) + 1));
  }
  return [...score].sort((a, b) => b[1] - a[1]).slice(0, MOST_LIFTED).map(([each]) => each);
}

const typedWords = () => wordsOf(every("input[type=hidden][name=saw], input[type=hidden][name=think]").map((each) => each.value).join(" "));

// Back to its own fold, in one order whatever came before.
function goHome(signal, order) {
  const home = one(`[data-home-of="${CSS.escape(signal.dataset.home)}"]`);
  const later = [...home.children].find((each) => order.indexOf(each.dataset.signal) > order.indexOf(signal.dataset.signal));
  home.insertBefore(signal, later ?? null);
}

function arrange() {
  const chosen = one("[name=role]:checked");
  const signals = every("[data-signal]");
  // A word that was searched hid some of them, in a fold that they may leave now.
  signals.forEach((each) => { each.hidden = false; });
  const order = signals.map((each) => each.dataset.signal).sort();
  const ticked = signals.filter((each) => each.querySelector("input").checked);
  const likely = box("[data-likely]");
  const standing = [...likely.children].map((each) => each.dataset.signal);
  const first = chosen ? chosen.dataset.first.split(" ") : standing;
  const lifted = matches(signals, typedWords()).filter((each) => !ticked.includes(each));
  signals.forEach((each) => goHome(each, order));
  box("[data-lifted]").append(...lifted);
  const rest = first.map((id) => signals.find((each) => each.dataset.signal === id));
  likely.append(...new Set([...ticked, ...rest.filter((each) => each && !lifted.includes(each))]));
  one("[data-lifted]").hidden = !lifted.length;
  for (const fold of every("[data-fold]")) fold.hidden = !fold.querySelector("[data-signal]");
  if (chosen) one("[data-seen-of]").textContent = chosen.dataset.seen;
  const field = one("[data-signal-search]");
  if (field.value) search(field);
}

// Only what has the word, in folds that are open for it. What stands above them stays, and counts.
function search(field) {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const has = (each) => words.every((word) => plain(`${each.textContent} ${each.dataset.said ?? ""}`).includes(word));
  const count = every("[data-signal]").filter(has).length;
  for (const fold of every("[data-fold]")) {
    const signals = [...fold.querySelectorAll("[data-signal]")];
    signals.forEach((each) => { each.hidden = !has(each); });
    fold.hidden = !signals.some((each) => !each.hidden);
    fold.open = words.length > 0 && !fold.hidden;
  }
  const line = one("[data-signal-count]");
  line.textContent = words.length ? (count ? line.dataset.some.replace("{n}", count) : line.dataset.none) : "";
}

function begin() {
  if (!one("[data-likely]")) return;
  for (const part of every("[data-without-script]")) part.hidden = true;
  for (const part of every("[data-with-script]")) part.hidden = false;
  arrange();
}

export function signals() {
  eachPage(begin);
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-first]")) return;
    arrange();
    one("[data-seen-said]").textContent = target.dataset.seen;
  });
  document.addEventListener("input", ({ target }) => { if (target.matches("[data-signal-search]")) search(target); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-signal-search]")) event.preventDefault();
  });
}
