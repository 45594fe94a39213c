/** Whether two photos are of one picture: their light on few pixels, one laid over the other. */
import { type Grid, shrink } from "./shrink.ts";

/** A photo's light on few pixels, its aspect ratio kept. */
export interface SmallPicture {
  readonly width: number;
  readonly height: number;
  /** `[height × width]`, row-major, 0 (black) to 255 (white). */
  readonly light: Uint8Array;
}

/** Long side of a small picture, in pixels. */
const LONG_SIDE = 64;
/** Size at which all places are tried; around the best of them it is tried again at full size. */
const COARSE = 1 / 4;
/** Sizes of the one that lies within the other, of each side: as a photo would lie there that was cut out of it. */
const SCALES = [1, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6];
/** Share of its area that must lie within the other. */
const LEAST_WITHIN = 0.75;
/** Standard deviation of light, of 255, below which there is nothing to compare. */
const FLAT = 2;
/** What matches less at the coarse size does so in detail too. */
const NO_MATCH = 0.85;
/** The best sizes that the first pass hands on. */
const TRIED_IN_DETAIL = 3;

/**
 * A photo's small picture, its long side 64 pixels, whatever the photo's size.
 * @param light `[height × width]`, row-major, 0..1
 */
export function smallPicture(light: Float32Array, width: number, height: number): SmallPicture {
  const small = shrunkBy(LONG_SIDE / Math.max(width, height), { width, height, values: light });
  return {
    width: small.width,
    height: small.height,
    light: Uint8Array.from(small.values, (value) => Math.round(255 * value)),
  };
}

/**
 * How well the light of two pictures agrees where one is laid over the other in the best way found: Pearson's correlation,
 * 0 (or less) to 1. Either may be the larger picture; the other is tried at 1 to 0.6 times its size, at all places where
 * three quarters of it lie within, first at 16 pixels, then around the best places at 64. Brightness and contrast make no
 * difference. 0 where one is flat.
 *
 * @param enough a match of so much is not looked for a better one
 */
export function pictureMatch(a: SmallPicture, b: SmallPicture, enough = 1): number {
  const [one, other] = [gridOf(a), gridOf(b)];
  const [small, smallOther] = [shrunkBy(COARSE, one), shrunkBy(COARSE, other)];
  const laid = SCALES.flatMap((scale): Laid[] => [
    bestPlace({ within: small, laid: smallOther, scale, swapped: false }),
    ...(scale === 1 ? [] : [bestPlace({ within: smallOther, laid: small, scale, swapped: true })]),
  ]);
  const best = laid.toSorted((place, next) => next.match - place.match).slice(0, TRIED_IN_DETAIL);
  return best.reduce((most, place) => {
    if (most >= enough) return most;
    if (place.match < NO_MATCH) return Math.max(most, place.match);
    const match = place.swapped ? inDetail(other, one, place) : inDetail(one, other, place);
    return Math.max(most, match);
  }, Number.NEGATIVE_INFINITY);
}

/** A picture laid over another at a scale and place. */
interface Laid {
  readonly scale: number;
  /** Whether it is the first of the two that lies within the second. */
  readonly swapped: boolean;
  /** Its left and upper edge within the other, in pixels. */
  readonly x: number;
  readonly y: number;
  readonly match: number;
}

interface Laying extends Pick<Laid, "scale" | "swapped"> {
  readonly within: Grid;
  readonly laid: Grid;
}

/** Tries every place. */
function bestPlace({ within, laid, scale, swapped }: Laying): Laid {
  const grid = shrunkBy(scale, laid);
  const [outX, outY] = [Math.floor(grid.width * (1 - LEAST_WITHIN)), Math.floor(grid.height * (1 - LEAST_WITHIN))];
  let best: Laid = { scale, swapped, x: 0, y: 0, match: correlation(within, grid, 0, 0) };
  for (let y = -outY; y <= within.height - grid.height + outY; y++) {
    for (let x = -outX; x <= within.width - grid.width + outX; x++) {
      const match = correlation(within, grid, x, y);
      if (match > best.match) best = { scale, swapped, x, y, match };
    }
  }
  return best;
}

/** Steps of the climb, in pixels: a pixel of the coarse size is four. */
const STEPS = [2, 1];

/** Climbs from a place found at the coarse size to the best one near it, at its scale and halfway to its neighbours. */
function inDetail(within: Grid, laid: Grid, { scale, x, y }: Laid): number {
  const at = SCALES.indexOf(scale);
  const scales = [scale, ...[SCALES[at - 1], SCALES[at + 1]].flatMap((next) => (next ? [(scale + next) / 2] : []))];
  // Its middle stays where it was.
  const [middleX, middleY] = [x / COARSE + (laid.width * scale) / 2, y / COARSE + (laid.height * scale) / 2];
  return Math.max(
    ...scales.map((each) => {
      const grid = shrunkBy(each, laid);
      return climb(within, grid, Math.round(middleX - grid.width / 2), Math.round(middleY - grid.height / 2));
    }),
  );
}

function climb(within: Grid, grid: Grid, fromX: number, fromY: number): number {
  let [x, y, match] = [fromX, fromY, correlation(within, grid, fromX, fromY)];
  for (const step of STEPS) {
    for (let moved = true; moved; ) {
      moved = false;
      for (const [dx, dy] of [
        [step, 0],
        [-step, 0],
        [0, step],
        [0, -step],
      ] as const) {
        const there = correlation(within, grid, x + dx, y + dy);
        if (there <= match) continue;
        [x, y, match] = [x + dx, y + dy, there];
        moved = true;
      }
    }
  }
  return match;
}

/**
 * Pearson's correlation of the light where the grid overlaps the other; 0 where too little does or one of them is flat.
 * This is where the time goes: a check of each number would double it.
 */
function correlation(within: Grid, grid: Grid, x: number, y: number): number {
  const left = Math.max(0, x);
  const top = Math.max(0, y);
  const width = Math.min(within.width, x + grid.width) - left;
  const height = Math.min(within.height, y + grid.height) - top;
  const count = width * height;
  if (width <= 0 || height <= 0 || count < LEAST_WITHIN * grid.width * grid.height) return 0;
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  for (let row = top; row < top + height; row++) {
    const at = row * within.width + left;
    const other = (row - y) * grid.width + left - x;
    for (let column = 0; column < width; column++) {
      const a = within.values[at + column] as number;
      const b = grid.values[other + column] as number;
      sumA += a;
      sumB += b;
      squaresA += a * a;
      squaresB += b * b;
      products += a * b;
    }
  }
  const varianceA = squaresA / count - (sumA / count) ** 2;
  const varianceB = squaresB / count - (sumB / count) ** 2;
  if (Math.min(varianceA, varianceB) < FLAT ** 2) return 0;
  return (products / count - (sumA / count) * (sumB / count)) / Math.sqrt(varianceA * varianceB);
}

function gridOf({ width, height, light }: SmallPicture): Grid {
  return { width, height, values: Float32Array.from(light) };
}

function shrunkBy(scale: number, grid: Grid): Grid {
  return shrink(grid, Math.max(1, Math.round(grid.width * scale)), Math.max(1, Math.round(grid.height * scale)));
}
