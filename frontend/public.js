import { copy } from "./copy.js";
import { exit } from "./exit.js";
import { files } from "./files.js";
import { focusErrors } from "./focus.js";
import { folds } from "./folds.js";
import { geo } from "./geo.js";
import { holding } from "./holding.js";
import { leaving } from "./leaving.js";
import { replacing } from "./replacing.js";
import { reveal } from "./reveal.js";
import { signals } from "./signals.js";
import { send } from "./send.js";
import { wizard } from "./wizard.js";

for (const behaviour of [exit, reveal, files, folds, geo, copy, holding, wizard, signals, send, leaving, focusErrors]) behaviour();

// Who goes on to these pages must be able to leave without this page standing behind them.
replacing((link) => link.pathname.startsWith("/werken-en-wonen/"));
