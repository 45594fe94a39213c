/** Directions of the limited-memory BFGS method. Plain data: no TensorFlow.js here. */

/** Steps that are remembered. More help little and cost as much as the first ones. */
const MEMORY = 10;

interface Step {
  readonly moved: Float64Array;
  /** By how much the gradient changed along it. */
  readonly bent: Float64Array;
  /** 1 / (moved · bent) */
  readonly inverse: number;
}

/** What the last steps tell of an objective's curvature (Liu & Nocedal 1989). */
export class Lbfgs {
  #steps: readonly Step[] = [];

  /** Where to go from a point with this gradient: downhill. Algorithm 7.4 of Nocedal & Wright, Numerical Optimization. */
  direction(gradient: Float64Array): Float64Array {
    const result = gradient.map((slope) => -slope);
    const shares: number[] = [];
    for (const { moved, bent, inverse } of this.#steps.toReversed()) {
      const share = inverse * dot(moved, result);
      shares.push(share);
      add(result, bent, -share);
    }
    const last = this.#steps.at(-1);
    if (last) scale(result, 1 / (last.inverse * dot(last.bent, last.bent)));
    for (const { moved, bent, inverse } of this.#steps) {
      add(result, moved, (shares.pop() ?? 0) - inverse * dot(bent, result));
    }
    return result;
  }

  /**
   * Remembers a step, unless it tells nothing of the curvature. Both arrays are this object's from now on.
   * @param bent how much the gradient changed along it
   */
  remember(moved: Float64Array, bent: Float64Array): void {
    const product = dot(moved, bent);
    if (!(product > Number.EPSILON * dot(bent, bent))) return;
    this.#steps = [...this.#steps, { moved, bent, inverse: 1 / product }].slice(-MEMORY);
  }

  /** Whether no step is remembered. */
  get isEmpty(): boolean {
    return this.#steps.length === 0;
  }

  forget(): void {
    this.#steps = [];
  }
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] as number) * (b[at] as number);
  return sum;
}

/** Adds a multiple of some numbers to others. */
export function add(to: Float64Array, numbers: Float64Array, factor: number): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] as number) + factor * (numbers[at] as number);
}

function scale(numbers: Float64Array, factor: number): void {
  for (let at = 0; at < numbers.length; at++) numbers[at] = (numbers[at] as number) * factor;
}
