import type { SuspicionKind } from "../../../dataset/dataset.ts";

/** The kinds of suspicion as people call them, in the order of the filter. */
export const KIND_NAMES: Readonly<Record<SuspicionKind, string>> = {
  label: "Label",
  duplicate: "Near-duplicate",
  leak: "In two splits",
  outlier: "Unusual",
  blurred: "Blurred",
  dark: "Dark",
  bright: "Bright",
  tiny: "Tiny",
};

export const KINDS = Object.keys(KIND_NAMES) as readonly SuspicionKind[];
