// Small things that several behaviours share.

export const isShown = (element) => element.getClientRects().length > 0;

export const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

export const clock = () =>
  new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

// "{s}" and the like in a sentence that the template wrote in the language of the page.
export const fill = (sentence, values) => sentence.replace(/\{(\w)\}/g, (whole, name) => values[name] ?? whole);
