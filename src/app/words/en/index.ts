/** The English catalogue, a file for each place of the page. It sets what other languages must have: see `Words`. */
import { exports } from "./exports.ts";
import { faults } from "./faults/index.ts";
import { settings } from "./settings.ts";
import { shared } from "./shared.ts";
import { train } from "./train.ts";

export const english = { shared, train, settings, exports, faults };
