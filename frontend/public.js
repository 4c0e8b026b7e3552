import { copy } from "./copy.js";
import { exit } from "./exit.js";
import { files } from "./files.js";
import { focusErrors } from "./focus.js";
import { geo } from "./geo.js";
import { reveal } from "./reveal.js";
import { submit } from "./submit.js";
import { wizard } from "./wizard.js";

for (const behaviour of [exit, reveal, files, geo, copy, wizard, submit, focusErrors]) behaviour();
