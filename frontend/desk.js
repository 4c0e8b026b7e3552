import htmx from "htmx.org";
import { copy } from "./copy.js";
import { curtain } from "./curtain.js";
import { draft } from "./draft.js";
import { files } from "./files.js";
import { focusErrors } from "./focus.js";
import { geo } from "./geo.js";
import { keys } from "./keys.js";
import { eachPage, token } from "./page.js";
import { preview } from "./preview.js";
import { restoring } from "./restore.js";
import { reveal } from "./reveal.js";
import { send } from "./send.js";
import { session } from "./session.js";
import { together } from "./together.js";
import { wizard } from "./wizard.js";

// The content policy forbids evaluated code and style elements; nothing is ever asked of another host.
Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // what a page showed stays out of the browser's storage
});
document.addEventListener("htmx:configRequest", ({ detail }) => {
  detail.headers["X-CSRFToken"] = token();
});

for (const behaviour of [curtain, keys, reveal, files, geo, copy, draft, preview, wizard, restoring, send, session, together, focusErrors]) behaviour();
eachPage(() => htmx.process(document.body));
