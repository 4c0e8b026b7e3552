// Where somebody is in the history of the browser. A link to a part of the page fires "popstate" as well, and changes nothing
// that is shown: only another step, or another address, does.
let at;

const whole = (address) => address.split("#")[0];

export function noted() {
  at = { address: location.href, step: history.state?.step };
}

export function push(step) {
  history.pushState({ step }, "");
  noted();
}

// To be asked once for each "popstate".
export function isSamePage() {
  const before = at;
  noted();
  return before.step === at.step && before.address !== at.address && whole(before.address) === whole(at.address);
}
