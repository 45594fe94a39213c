/** How strong logistic regression's penalty should be, by photos that are held out. Plain data: no TensorFlow.js here. */
import { LogisticFit, type LogisticProblem } from "./logistic.ts";
import { Pauses } from "./turns.ts";

export interface PenaltyChoice {
  /** With the weights that photos have in a fit to all of them. */
  readonly problem: LogisticProblem;
  /** The fold that a photo is held out in, 0 to `foldCount` − 1; negative for one that is always learned from. */
  readonly folds: Int32Array;
  readonly foldCount: number;
  /** Numbers of an embedding. Once they are scaled, that is its mean squared length. */
  readonly features: number;
  readonly signal: AbortSignal;
}

/** Where the search begins, and the choice where nothing can be held out: what suited most photo sets. */
const USUAL = 0.1;
/** Shares of an embedding's mean squared length between which penalties are tried. */
const STRONGEST = 0.03;
const WEAKEST = 1e-8;
/** How near to its minimum an objective has to be, in nats, and by what share the held-out loss may still change in a step. */
const NEAR = 1e-3;
const STEADY = 1e-3;
const MOST_STEPS = 100;

/**
 * The penalty λ of `LogisticFit`, of half and whole powers of ten, whose fits to the other folds have the least cross-entropy
 * on the photos held out. That falls and rises again from strong penalties to weak ones: it is followed down in steps of ten,
 * and the penalties between are tried beside the best. Each fit starts where the one before ended, which takes a few steps.
 *
 * @throws AbortError
 */
export async function choosePenalty(choice: PenaltyChoice): Promise<number> {
  const { problem, folds, foldCount, features, signal } = choice;
  const held = Array.from({ length: foldCount }, (_, fold) => partsOf(problem.weights, folds, fold));
  const usable = held.filter(({ learned, left }) => learned.some(isCounted) && left.some(isCounted));
  if (usable.length === 0) return USUAL;
  const path = penalties(STRONGEST * features, WEAKEST * features);
  const usual = Math.max(0, path.indexOf(USUAL));
  const fits = usable.map(({ learned, left }) => ({
    fit: new LogisticFit({ ...problem, weights: learned }, USUAL),
    left,
    share: left.reduce((sum, weight) => sum + weight, 0),
  }));
  const pauses = new Pauses(signal);
  return path[
    await lowest(path.length, usual, async (at) => {
      let loss = 0;
      for (const { fit, left, share } of fits) {
        fit.changePenalty(path[at] as number);
        loss += share * (await heldOutLoss(fit, left, pauses));
      }
      return loss;
    })
  ] as number;
}

/**
 * Where the least of some losses stands that fall and then rise: by twos down from a start, the ones between at the end.
 * @param count how many there are @param loss asked once of each that is looked at
 */
async function lowest(count: number, start: number, loss: (at: number) => Promise<number>): Promise<number> {
  let best = { at: start, loss: await loss(start) };
  const improves = async (at: number): Promise<boolean> => {
    if (at < 0 || at >= count) return false;
    const found = await loss(at);
    const isBetter = found < best.loss;
    if (isBetter) best = { at, loss: found };
    return isBetter;
  };
  const follow = async (step: number): Promise<void> => {
    while (await improves(best.at + step));
  };
  await follow(2);
  if (best.at === start) await follow(-2);
  const centre = best.at;
  if (!(await improves(centre + 1))) await improves(centre - 1);
  return best.at;
}

/** The strongest first: whole and half powers of ten. */
function penalties(strongest: number, weakest: number): number[] {
  const [from = 0, to = 0] = [strongest, weakest].map((each) => Math.ceil(2 * Math.log10(each)));
  return Array.from({ length: from - to + 1 }, (_, at) => 10 ** ((from - at) / 2));
}

/** Once the fit has come to rest. */
async function heldOutLoss(fit: LogisticFit, left: Float64Array, pauses: Pauses): Promise<number> {
  let { loss } = fit.measure(left);
  for (let step = 0; step < MOST_STEPS; step++) {
    const before = await fit.step();
    await pauses.after(fit.workPerStep);
    const last = loss;
    ({ loss } = fit.measure(left));
    if (before <= NEAR && Math.abs(loss - last) <= STEADY * last) break;
  }
  return loss;
}

function partsOf(weights: Float64Array, folds: Int32Array, fold: number) {
  return {
    learned: weights.map((weight, photo) => (folds[photo] === fold ? 0 : weight)),
    left: weights.map((weight, photo) => (folds[photo] === fold ? weight : 0)),
  };
}

function isCounted(weight: number): boolean {
  return weight > 0;
}
