import type { SuspicionKind } from "../../../dataset/dataset.ts";

const ALL: Readonly<Record<SuspicionKind, true>> = {
  label: true,
  duplicate: true,
  leak: true,
  outlier: true,
  blurred: true,
  dark: true,
  bright: true,
  tiny: true,
};

/** The kinds of suspicion in the order in which the page lists them. */
export const KINDS = Object.keys(ALL) as readonly SuspicionKind[];
