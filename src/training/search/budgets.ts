/** How long a search may take, and what is worth trying in that time. */

/** In seconds, the default first. */
export const BUDGETS = [10, 60, 300] as const;
export type Budget = (typeof BUDGETS)[number];

interface Means {
  /** Candidates, with the one that the search begins with. */
  readonly candidates: number;
  /** Share of the time that embedding photos with other base models may take, 0..1. */
  readonly shareForBases: number;
}

export const MEANS: Readonly<Record<Budget, Means>> = {
  10: { candidates: 9, shareForBases: 0 },
  60: { candidates: 25, shareForBases: 0.4 },
  300: { candidates: 81, shareForBases: 0.4 },
};

/** Parts of the photos that are left out in turn. */
export const FOLDS = 5;
/** Divisions of the photos that the best are compared on: few photos tell more the more often they are divided. */
export function divisionsFor(photos: number): number {
  return photos < FEW_PHOTOS ? 6 : 3;
}

/** Below that, one division of the photos into folds says little. */
export const FEW_PHOTOS = 100;
