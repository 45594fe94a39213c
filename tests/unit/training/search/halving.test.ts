/** Which candidate a search tries on which fold. */
import { describe, expect, test } from "vitest";
import { type FoldScore, meanScore, Search, type Trial } from "../../../../src/training/search/halving.ts";

const score = (accuracy: number, loss = 1, photos = 10): FoldScore => ({ accuracy, loss, photos });

/** Runs it to its end. @param of the score of each trial; null for one that cannot be fitted */
function run(search: Search, of: (trial: Trial) => FoldScore | null, most = Number.POSITIVE_INFINITY): Trial[] {
  const trials: Trial[] = [];
  for (let trial = search.next(); trial && trials.length < most; trial = search.next()) {
    trials.push(trial);
    search.tell(trial, of(trial));
  }
  return trials;
}

/** Folds that each candidate was tried on. */
function foldsTried(trials: readonly Trial[], candidates: number): number[] {
  return Array.from({ length: candidates }, (_, at) => trials.filter(({ candidate }) => candidate === at).length);
}

describe("successive halving", () => {
  // The higher its number, the better.
  const better = ({ candidate }: Trial) => score(candidate / 20);

  test("half of a bracket is left after one fold, and half of those after two", () => {
    const search = new Search({ candidates: 9, folds: 5, divisions: 1 });
    const trials = run(search, better);
    expect(foldsTried(trials, 9)).toEqual([5, 1, 1, 2, 5, 1, 1, 2, 5]);
    expect(search.ranking()).toEqual([8, 4, 0]);
    expect([1, 3, 4].map((each) => search.hasLeft(each))).toEqual([true, true, false]);
  });

  test("the first is tried on all folds before any other", () => {
    const trials = run(new Search({ candidates: 4, folds: 3, divisions: 1 }), better);
    expect(trials.slice(0, 3).map(({ candidate }) => candidate)).toEqual([0, 0, 0]);
    expect(trials.map(({ fold }) => fold).slice(0, 3)).toEqual([0, 1, 2]);
  });

  test("the first and the two best are tried on further divisions, fold by fold", () => {
    const search = new Search({ candidates: 9, folds: 5, divisions: 2 });
    const trials = run(search, better);
    expect(foldsTried(trials, 9)).toEqual([10, 1, 1, 2, 10, 1, 1, 2, 10]);
    expect(trials.slice(-3).map(({ candidate, fold }) => [candidate, fold])).toEqual([
      [0, 9],
      [8, 9],
      [4, 9],
    ]);
  });

  test("what shows on further divisions only, decides", () => {
    const search = new Search({ candidates: 3, folds: 2, divisions: 3 });
    run(search, ({ candidate, fold }) => score(fold < 2 ? candidate / 10 : 1 - candidate / 10));
    expect(search.ranking()[0]).toBe(0);
  });

  test("of equal accuracies the lower loss is better, and of equal scores the earlier", () => {
    const search = new Search({ candidates: 4, folds: 2, divisions: 1 });
    run(search, ({ candidate }) => score(0.5, [2, 1, 2, 1][candidate] ?? 0));
    expect(search.ranking()).toEqual([1, 3, 0]);
  });

  test("one that cannot be fitted is not tried again and is not ranked", () => {
    const search = new Search({ candidates: 3, folds: 4, divisions: 2 });
    const trials = run(search, (trial) => (trial.candidate === 2 ? null : better(trial)));
    expect(foldsTried(trials, 3)).toEqual([8, 8, 1]);
    expect(search.hasFailed(2)).toBe(true);
    expect(search.ranking()).toEqual([1, 0]);
  });

  test("broken off at any time, it ranks those that were tried on all folds", () => {
    const search = new Search({ candidates: 9, folds: 5, divisions: 1 });
    run(search, better, 4);
    expect(search.ranking()).toEqual([]);
    const later = new Search({ candidates: 9, folds: 5, divisions: 1 });
    run(later, better, 8);
    expect(later.ranking()).toEqual([0]);
  });

  test("the first bracket has four candidates, later ones have eight", () => {
    const trials = run(new Search({ candidates: 17, folds: 5, divisions: 1 }), better);
    const of = foldsTried(trials, 17);
    expect(of.slice(1, 5)).toEqual([1, 1, 2, 5]);
    expect(of.slice(5, 13)).toEqual([1, 1, 1, 1, 2, 2, 5, 5]);
    expect(of.slice(13)).toEqual([1, 1, 2, 5]);
  });

  test("a trial has to be told before the next", () => {
    const search = new Search({ candidates: 2, folds: 2, divisions: 1 });
    search.next();
    expect(() => search.next()).toThrow(RangeError);
  });

  test("scores of folds of several sizes count by their photos", () => {
    expect(meanScore([score(1, 0, 30), score(0, 2, 10)])).toEqual({ accuracy: 0.75, loss: 0.5, photos: 40 });
  });
});
