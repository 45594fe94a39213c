/** Whether two classifiers differ by more than chance, tested on the same photos. */
import { betaCumulative } from "./beta.ts";

/**
 * McNemar's test (McNemar 1947), exact: the two-sided probability, 0..1, that photos on which only one of two classifiers is
 * right are shared out so unevenly, if either were as likely to be right on each of them. That is a binomial test with a
 * share of one half, exact for few and many; it agrees with `statsmodels.stats.contingency_tables.mcnemar(exact=True)`.
 *
 * @param onlyFirst photos that only the first is right on
 * @param onlySecond photos that only the second is right on
 * @returns 1 where there is no such photo
 */
export function mcnemar(onlyFirst: number, onlySecond: number): number {
  const [fewer, more] = [Math.min(onlyFirst, onlySecond), Math.max(onlyFirst, onlySecond)];
  if (fewer === more) return 1;
  // Of `fewer + more` tosses at most `fewer` heads (NIST Digital Library of Mathematical Functions, 8.17.5).
  return Math.min(1, 2 * betaCumulative(0.5, more, fewer + 1));
}

/**
 * Probabilities of several tests, adjusted for their number, in their order: with many tests, one comes out small by chance.
 * Holm's step-down method (Holm 1979); it agrees with `statsmodels.stats.multitest.multipletests(method="holm")`.
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, at) => at).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  const adjusted = [...probabilities];
  let least = 0;
  for (const [rank, at] of order.entries()) {
    least = Math.max(least, Math.min(1, (probabilities.length - rank) * (probabilities[at] ?? 0)));
    adjusted[at] = least;
  }
  return adjusted;
}
