/** What a search for better settings has found, so far or in the end. */
import type { Candidate } from "../training/search/candidates.ts";
import { type FoldScore, meanScore, type Search } from "../training/search/halving.ts";
import { type PairedDifference, pairedFolds } from "./paired-folds.ts";

/** How far a candidate got. `left`: others of its bracket did better. `waiting`: its folds are not over. */
type Standing = "complete" | "left" | "waiting" | "failed";

export interface TriedCandidate extends Candidate {
  readonly standing: Standing;
  /** Folds that it was tried on. */
  readonly folds: number;
  /** Over them; null where there are none. */
  readonly score: FoldScore | null;
}

export interface SearchReport {
  /** In the order of the list; the first is what the search began with. */
  readonly tried: readonly TriedCandidate[];
  /** Places in the list of those that were tried on all folds, the best first. */
  readonly ranking: readonly number[];
  /** By how much more of the photos the best is right on than the first; null where the first is the best, or there is nothing to compare. */
  readonly gain: Gain | null;
  /** Photos that it was tried on, each in one fold of a division. */
  readonly photos: number;
}

export interface Gain extends PairedDifference {
  /** Whether a difference like this comes about by chance, among as many candidates. */
  readonly isWithinNoise: boolean;
  /** Folds that both were tried on. */
  readonly folds: number;
}

/** As usual. */
const SIGNIFICANT = 0.05;

/**
 * Of many candidates that are all alike, the best of them looks better than the first by chance: the probability counts as often
 * as there were others to be the best (Bonferroni's correction).
 *
 * @param folds of a division of the photos
 */
export function searchReport(
  search: Search,
  candidates: readonly Candidate[],
  { folds, photos }: { readonly folds: number; readonly photos: number },
): SearchReport {
  const ranking = search.ranking();
  const tried = candidates.map((candidate, at): TriedCandidate => {
    const scores = search.scoresOf(at);
    return {
      ...candidate,
      standing: search.hasFailed(at) ? "failed" : scores.length >= folds ? "complete" : standingOf(search, at),
      folds: scores.length,
      score: scores.length ? meanScore(scores) : null,
    };
  });
  const rivals = tried.filter(({ standing }, at) => at > 0 && standing === "complete").length;
  return { tried, ranking, gain: gainOf(search, ranking, { folds, photos, rivals }), photos };
}

function standingOf(search: Search, candidate: number): Standing {
  return search.hasLeft(candidate) ? "left" : "waiting";
}

function gainOf(
  search: Search,
  [best = 0]: readonly number[],
  { folds, photos, rivals }: { folds: number; photos: number; rivals: number },
): Gain | null {
  if (best === 0) return null;
  const [before, after] = [search.scoresOf(0), search.scoresOf(best)];
  const shared = Math.min(before.length, after.length);
  if (shared < 2) return null;
  const differences = after.slice(0, shared).map((score, fold) => score.accuracy - (before[fold]?.accuracy ?? 0));
  const difference = pairedFolds({ differences, folds, photosPerFold: photos / folds });
  return { ...difference, folds: shared, isWithinNoise: difference.probability * rivals >= SIGNIFICANT };
}
