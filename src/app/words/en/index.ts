/** The English catalogue, a file for each place of the page. It sets what other languages must have: see `Words`. */
import { faults } from "./faults/index.ts";
import { history } from "./history.ts";
import { numbers } from "./numbers.ts";
import { shared } from "./shared.ts";
import { shell } from "./shell.ts";
import { use } from "./use.ts";

export const english = { shell, use, shared, history, numbers, faults };
