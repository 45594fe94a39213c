/** The English catalogue, a file for each place of the page. It sets what other languages must have: see `Words`. */
import { capture, classes } from "./classes.ts";
import { data } from "./data.ts";
import { faults } from "./faults/index.ts";
import { filters, grid } from "./grid.ts";
import { numbers } from "./numbers.ts";
import { review } from "./review.ts";
import { shared } from "./shared.ts";
import { sort } from "./sort.ts";

export const english = { shared, data, classes, capture, grid, filters, review, sort, numbers, faults };
