import { exit } from "./exit.js";
import { listen } from "./listen.js";
import { replacing } from "./replacing.js";

exit();
replacing();
listen();
