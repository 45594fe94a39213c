/**
 * Which candidate is tried on which fold: successive halving (Jamieson & Talwalkar 2016) with folds of cross-validation as
 * what is spent. Candidates come in brackets, so that the search can end at any time with something that was tried on all folds.
 */

/** What a candidate, fitted without a fold, comes to on that fold. */
export interface FoldScore {
  /** Share of the photos that are right, 0..1. */
  readonly accuracy: number;
  /** Mean cross-entropy in nats. */
  readonly loss: number;
  readonly photos: number;
}

export interface Trial {
  /** A place in the list of candidates. */
  readonly candidate: number;
  /** 0 and up. Those from `folds` on are of another division of the photos. */
  readonly fold: number;
}

export interface SearchPlan {
  /** The first is what all others are compared with. */
  readonly candidates: number;
  /** Parts of the photos, each of which is left out once, 2 and up. */
  readonly folds: number;
  /** Divisions of the photos that the best candidates are tried on, 1 and up. */
  readonly divisions: number;
}

/** Candidates that set out together, at first and later: the first bracket is small, to have something to compare soon. */
const FIRST_BRACKET = 4;
const BRACKET = 8;
/** Folds that half of a bracket are left after. */
const RUNGS = [1, 2] as const;
/** Of those that were tried on all folds, how many are tried on further divisions, besides the first candidate. */
const FINALISTS = 2;

/** A search under way. The same plan and scores give the same trials. */
export class Search {
  readonly #plan: SearchPlan;
  readonly #scores: FoldScore[][];
  readonly #failed = new Set<number>();
  readonly #left = new Set<number>();
  readonly #trials: Generator<Trial, void>;
  /** Those that further divisions are tried on; null before that. */
  #finalists: readonly number[] | null = null;

  constructor(plan: SearchPlan) {
    this.#plan = plan;
    this.#scores = Array.from({ length: plan.candidates }, () => []);
    this.#trials = this.#all();
  }

  /** What to try next, once what was asked for before was told; null when there is nothing left. */
  next(): Trial | null {
    const { value } = this.#trials.next();
    return value ?? null;
  }

  /** @param score null where the candidate cannot be fitted: it is not tried again */
  tell({ candidate }: Trial, score: FoldScore | null): void {
    if (score === null) this.#failed.add(candidate);
    else this.#scores[candidate]?.push(score);
  }

  /** Fold by fold, those of further divisions after those of the first; empty where it was not tried. */
  scoresOf(candidate: number): readonly FoldScore[] {
    return this.#scores[candidate] ?? [];
  }

  hasFailed(candidate: number): boolean {
    return this.#failed.has(candidate);
  }

  /** Whether half of its bracket did better, so that it is not tried further. */
  hasLeft(candidate: number): boolean {
    return this.#left.has(candidate);
  }

  /** Those that were tried on all folds, the best first; compared on the folds that all of them were tried on. */
  ranking(): readonly number[] {
    const tried = this.#finalists ?? this.#inOrder();
    return this.#ranked(tried.filter((each) => this.#isComplete(each)));
  }

  *#all(): Generator<Trial, void> {
    const { folds, divisions } = this.#plan;
    yield* this.#tryOn(0, folds);
    const others = this.#inOrder().slice(1);
    yield* this.#bracket(others.slice(0, FIRST_BRACKET));
    for (let from = FIRST_BRACKET; from < others.length; from += BRACKET) {
      yield* this.#bracket(others.slice(from, from + BRACKET));
    }
    const best = this.ranking().filter((each) => each !== 0);
    const finalists = [0, ...best.slice(0, FINALISTS)].filter((each) => !this.#failed.has(each));
    if (finalists.length < 2) return;
    this.#finalists = finalists;
    for (let fold = folds; fold < divisions * folds; fold++) {
      for (const each of finalists) yield* this.#tryOn(each, fold + 1);
    }
  }

  *#bracket(candidates: readonly number[]): Generator<Trial, void> {
    const { folds } = this.#plan;
    let left = candidates;
    for (const rung of RUNGS.filter((each) => each < folds)) {
      for (const each of left) yield* this.#tryOn(each, rung);
      const fitted = left.filter((each) => !this.#failed.has(each));
      const ranked = this.#ranked(fitted);
      left = ranked.slice(0, Math.ceil(fitted.length / 2));
      for (const each of ranked.slice(left.length)) this.#left.add(each);
    }
    for (const each of left) yield* this.#tryOn(each, folds);
  }

  /** On the folds up to `until` that it was not tried on yet. */
  *#tryOn(candidate: number, until: number): Generator<Trial, void> {
    while (!this.#failed.has(candidate)) {
      const fold = this.scoresOf(candidate).length;
      if (fold >= until) return;
      yield { candidate, fold };
      if (this.scoresOf(candidate).length === fold && !this.#failed.has(candidate)) {
        throw new RangeError("The last trial was not told.");
      }
    }
  }

  #isComplete(candidate: number): boolean {
    return !this.#failed.has(candidate) && this.scoresOf(candidate).length >= this.#plan.folds;
  }

  #inOrder(): number[] {
    return this.#scores.map((_, candidate) => candidate);
  }

  /** By accuracy, then by loss, then as they come. */
  #ranked(candidates: readonly number[]): number[] {
    const shared = Math.min(...candidates.map((each) => this.scoresOf(each).length));
    const means = new Map(candidates.map((each) => [each, meanScore(this.scoresOf(each).slice(0, shared))]));
    const of = (each: number) => means.get(each) ?? { accuracy: 0, loss: 0 };
    return candidates.toSorted((a, b) => of(b).accuracy - of(a).accuracy || of(a).loss - of(b).loss || a - b);
  }
}

/** Over all photos. @param scores at least one */
export function meanScore(scores: readonly FoldScore[]): FoldScore {
  const photos = scores.reduce((sum, score) => sum + score.photos, 0);
  const mean = (of: (score: FoldScore) => number) =>
    scores.reduce((sum, score) => sum + (of(score) * score.photos) / photos, 0);
  return { accuracy: mean(({ accuracy }) => accuracy), loss: mean(({ loss }) => loss), photos };
}
