/** Grids of photos: splits, what is selected, and filters. */
import type { Split } from "../../../dataset/dataset.ts";
import { plural } from "./language.ts";

export const grid = {
  splits: {
    train: { name: "Train", short: "Tr" },
    validation: { name: "Validation", short: "Va" },
    test: { name: "Test", short: "Te" },
  } satisfies Readonly<Record<Split, { readonly name: string; readonly short: string }>>,
  fixedSplit: (split: string) => `${split}, fixed`,
  /** On photos that take no part in training and testing. */
  out: "Out",
  excluded: "Excluded",
  outByDuplicate: "Not used: a near-duplicate is fixed to another split",

  legend: {
    title: "Selecting, enlarging, and the marks on photos",
    how:
      "Click or tap a photo to select it. To enlarge it, use the button in its corner, double-click it, or press Enter; " +
      "the arrow keys then go on to the next. With the mouse, draw a box around several to select them.",
    meaning: {
      train: "Train: learned from",
      validation: "Validation: decides when training stops",
      test: "Test: measures how good the result is",
      out: "Takes no part",
      fixed: "Its split is fixed, by you or by its folder",
    },
  },

  hint: "Click photos to select them, or draw a box around them. Double-click to enlarge.",
  selected: (number: number) => plural(number, { one: "# photo selected", other: "# photos selected" }),
  selectAll: "Select all",
  selectAllShown: "Select all shown",
  clear: "Clear selection",
  moveTo: "Move to",
  /** Shown before a class is chosen. */
  moveToWhich: "Move to …",
  /** On the button that does it. */
  move: "Move",
  setSplit: "Set split",
  /** Shown before a split is chosen. */
  setSplitWhich: "Set split …",
  automaticSplit: "Automatic",
  /** On the button that does it. */
  set: "Set",
  exclude: "Exclude",
  include: "Include",
  delete: "Delete photos",
};

export const filters = {
  /** Opens them, on a phone. */
  fold: "Filter",
  fileName: "File name",
  class: "Class",
  split: "Split",
  noSplit: "Not used",
  suspicion: "Suspicion",
  anySuspicion: "Worth a look",
  looksLike: "Looks like",
  anotherClass: "Another class",
  any: "Any",
  showAll: "Show all",
};
