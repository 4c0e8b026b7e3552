// After signing in again in another tab this page still carries the token of the session that ended. Here it asks for the
// token of the session of now, and takes that only when the same person works there for the same organisation: what
// somebody typed is never sent as somebody else.
import { quiet } from "./page.js";

export const RENEWED = "renewed";
export const OTHER = "other";

export const isEnded = (header) => header === "ended";

const workingAs = (root) => root.dataset.workingAs;

// Returns whether every form got the token, whether another works there, or nothing when nobody does.
export async function renewToken() {
  const answer = await fetch(location.href, { headers: quiet });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = workingAs(page.documentElement);
  const field = page.querySelector("input[name=csrfmiddlewaretoken]");
  if (answer.redirected || !now) return "";
  if (now !== workingAs(document.documentElement)) return OTHER;
  if (!field) return "";
  for (const each of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) each.value = field.value;
  return RENEWED;
}
