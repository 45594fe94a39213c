import type { Split } from "../../../dataset/dataset.ts";

/** The splits as the page calls them. */
export const SPLIT_NAMES: Readonly<Record<Split, { readonly name: string; readonly short: string }>> = {
  train: { name: "Train", short: "Tr" },
  validation: { name: "Validation", short: "Va" },
  test: { name: "Test", short: "Te" },
};

export const SPLITS: readonly Split[] = ["train", "validation", "test"];
