/** The English catalogue, a file for each place of the page. It sets what other languages must have: see `Words`. */
import { engine } from "./engine.ts";
import { faults } from "./faults/index.ts";
import { shared } from "./shared.ts";

export const english = { shared, engine, faults };
