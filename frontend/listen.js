// "Listen": only where the device itself has a voice for the language. A voice of a service elsewhere would send the
// text there, so it does not count.
const ALSO = { tl: ["fil"], zh: ["cmn"], fa: ["prs"] };

function wordsBefore(button) {
  const before = button.previousElementSibling;
  const parts = before.matches("[data-said]") ? [before] : [...before.querySelectorAll("[data-said]")];
  return parts.map((part) => part.textContent.trim()).join(". ");
}

export function listen() {
  const buttons = document.querySelectorAll("[data-listen]");
  const speech = window.speechSynthesis;
  if (!speech || !buttons.length) return;
  const voiceFor = (language) => {
    const names = [language, ...(ALSO[language] ?? [])];
    return speech.getVoices().find((each) => each.localService && names.includes(each.lang.toLowerCase().split(/[-_]/)[0]));
  };
  const offer = () => buttons.forEach((button) => { button.hidden = !voiceFor(button.dataset.listen); });
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  buttons.forEach((button) => button.addEventListener("click", () => {
    const said = new SpeechSynthesisUtterance(wordsBefore(button));
    said.voice = voiceFor(button.dataset.listen);
    said.lang = said.voice?.lang ?? button.dataset.listen;
    speech.cancel();
    speech.speak(said);
  }));
  addEventListener("pagehide", () => speech.cancel());
}
