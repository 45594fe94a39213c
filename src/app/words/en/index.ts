/** The English catalogue, a file for each place of the page. It sets what other languages must have: see `Words`. */
import { evaluate } from "./evaluate.ts";
import { faults } from "./faults/index.ts";
import { history } from "./history.ts";
import { jobs } from "./jobs.ts";
import { numbers } from "./numbers.ts";
import { shared } from "./shared.ts";
import { shell } from "./shell.ts";
import { store } from "./store.ts";
import { training } from "./training.ts";
import { use } from "./use.ts";

export const english = { shell, training, evaluate, use, shared, history, jobs, store, numbers, faults };
