/** Macro F1, and how far it may be off. */
import { type ClassCounts, classCounts, classMetrics, macroF1 } from "./class-metrics.ts";
import { clopperPearson } from "./intervals.ts";
import type { Estimate } from "./report.ts";

/** Photos per class that are taken to be as all classes together, so that F1 is not read off a photo or two. */
const PRIOR_PHOTOS = 2;

/** Photos of a class that were called another, or their own. */
interface Cell {
  readonly actual: number;
  readonly predicted: number;
  readonly photos: number;
}

/**
 * Macro F1 with its 95 % interval: the exact interval of a share from as many photos as would leave a share as uncertain as the
 * jackknife finds macro F1 (Korn & Graubard 1998, "Confidence intervals for proportions with small expected number of
 * positive counts estimated from survey data"). The jackknife leaves out single photos (Efron & Stein 1981), and not photos
 * within their class, because a class may have one photo. Two things are added, because the truth is missed too often without:
 *
 * - F1 is not linear in its counts, and is too low on average when a class has few photos. The interval therefore also holds
 *   that of a macro F1 whose classes are drawn towards what all classes have in common.
 * - A class without a mistake has no variance, but is no surer than its few photos allow: see `mostTrials`.
 *
 * By simulation, with errors spread and concentrated, it covers the truth in at least 93 % and on average 98 % of test sets of 2
 * to 20 classes with 1 to 100 photos each, alike or not; in at least 90 % for 200 classes of a single photo. The estimate lies
 * inside, at the edge only where it is 0 or 1.
 * Without any photo: 0, between 0 and 1.
 *
 * @param confusion `[actual][predicted]` counts
 */
export function macroF1Estimate(confusion: readonly (readonly number[])[]): Estimate {
  const cells = cellsOf(confusion);
  if (!cells.length) return { value: 0, low: 0, high: 1 };
  const counts = classCounts(confusion);
  const value = macroF1(classMetrics(confusion));
  const variance = jackknifeVariance(cells, counts);
  const most = mostTrials(counts.map(({ support }) => support).filter((support) => support > 0));
  const around = (share: number) => {
    const spread = share * (1 - share);
    return clopperPearson(share, spread > 0 && variance > 0 ? Math.min(spread / variance, most) : most);
  };
  const [own, pooled] = [around(value), around(pooledMacroF1(cells, counts))];
  return { value, low: Math.min(own.low, pooled.low), high: Math.max(own.high, pooled.high) };
}

/** Those that count a photo: of many classes, few. */
function cellsOf(confusion: readonly (readonly number[])[]): Cell[] {
  const cells: Cell[] = [];
  confusion.forEach((row, actual) => {
    row.forEach((photos, predicted) => {
      if (photos > 0) cells.push({ actual, predicted, photos });
    });
  });
  return cells;
}

/**
 * The variance of macro F1, from what it becomes without each photo in turn. A photo touches two classes at most; with the
 * only photo of a class, the class goes too.
 */
function jackknifeVariance(cells: readonly Cell[], counts: readonly ClassCounts[]): number {
  const classes = counts.filter(({ support }) => support > 0).length;
  const photos = sum(counts.map(({ support }) => support));
  const total = classes * meanF1(counts);
  const left = cells.flatMap((cell) => {
    const [own, other] = [counts[cell.actual], counts[cell.predicted]];
    if (!own || !other) return [];
    const isHit = cell.actual === cell.predicted;
    const change = isHit || !other.support ? 0 : f1({ ...other, predicted: other.predicted - 1 }) - f1(other);
    const remaining = own.support > 1 ? classes : classes - 1;
    const sumLeft = total - f1(own) + change + (own.support > 1 ? f1(without(own, isHit)) : 0);
    return remaining ? [{ photos: cell.photos, value: sumLeft / remaining }] : [];
  });
  const mean = sum(left.map((each) => each.photos * each.value)) / photos;
  return ((photos - 1) / photos) * sum(left.map((each) => each.photos * (each.value - mean) ** 2));
}

/** A class without one of its photos. */
function without({ hits, support, predicted }: ClassCounts, isHit: boolean): ClassCounts {
  const one = isHit ? 1 : 0;
  return { hits: hits - one, support: support - 1, predicted: predicted - one };
}

/**
 * As many trials as the interval may claim, however small the variance: those of a mean of recalls whose errors are spread over
 * the classes (their number times the harmonic mean of their photos), or those with which no error seen leaves as much open
 * as no error in the smallest class does. The first decides where all classes have the same number of photos.
 *
 * @param supports photos of each class, > 0
 */
export function mostTrials(supports: readonly number[]): number {
  const spread = supports.length ** 2 / sum(supports.map((support) => 1 / support));
  const smallest = supports.reduce((least, support) => Math.min(least, support), Number.POSITIVE_INFINITY);
  const open = (1 - 0.025 ** (1 / smallest)) / supports.length;
  return Math.min(spread, Math.log(0.025) / Math.log1p(-open));
}

/**
 * Macro F1 were each class's photos called as they were together with `PRIOR_PHOTOS` that are called as all classes' photos
 * are: right as often, and wrong what is wrongly called most.
 */
function pooledMacroF1(cells: readonly Cell[], counts: readonly ClassCounts[]): number {
  const photos = sum(counts.map(({ support }) => support));
  const errors = photos - sum(counts.map(({ hits }) => hits));
  const right = 1 - errors / photos;
  const weights = counts.map(({ support }) => support / (support + PRIOR_PHOTOS));
  const allWeights = sum(weights);
  const called = counts.map(({ hits, predicted }, index) => {
    const weight = weights[index] ?? 0;
    const wrongly = errors ? ((1 - right) * (predicted - hits)) / errors : 0;
    return PRIOR_PHOTOS * (weight * right + wrongly * (allWeights - weight));
  });
  for (const { actual, predicted, photos } of cells) {
    called[predicted] = (called[predicted] ?? 0) + photos * (weights[actual] ?? 0);
  }
  return meanF1(
    counts.map(({ hits, support }, index) => ({
      hits: (weights[index] ?? 0) * (hits + PRIOR_PHOTOS * right),
      support,
      predicted: called[index] ?? 0,
    })),
  );
}

/** Of the classes that have photos. */
function meanF1(counts: readonly ClassCounts[]): number {
  const present = counts.filter(({ support }) => support > 0);
  return sum(present.map(f1)) / present.length;
}

function f1({ hits, support, predicted }: ClassCounts): number {
  return (2 * hits) / (support + predicted);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
