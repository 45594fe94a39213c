import type { Split } from "../../../dataset/dataset.ts";

/** The splits in the order in which the page lists them. */
export const SPLITS: readonly Split[] = ["train", "validation", "test"];
