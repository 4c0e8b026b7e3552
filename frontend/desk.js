import { addresses } from "./addresses.js";
import { copy } from "./copy.js";
import { curtain } from "./curtain.js";
import { draft } from "./draft.js";
import { files } from "./files.js";
import { focusErrors } from "./focus.js";
import { geo } from "./geo.js";
import { keys } from "./keys.js";
import { preview } from "./preview.js";
import { restoring } from "./restore.js";
import { reveal } from "./reveal.js";
import { send } from "./send.js";
import { session } from "./session.js";
import { signals } from "./signals.js";
import { presence } from "./presence.js";
import { wizard } from "./wizard.js";

for (const behaviour of [curtain, keys, reveal, files, geo, copy, draft, preview, wizard, signals, restoring, send, session, presence, addresses, focusErrors]) behaviour();
