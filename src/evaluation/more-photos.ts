/** Whether more photos would help, and of which class: learning curves, with how sure they are. */
import { createRandom } from "../dataset/random.ts";
import { clopperPearson } from "./intervals.ts";
import { type CurvePoint, errorAt, fitPowerLaw } from "./learning-curve.ts";
import type { Estimate } from "./report.ts";

/** A classifier that learned from a part of the photos, tried on a fold that it had not seen. Numbers per class. */
export interface PartTried {
  /** 0..1 of the photos outside the fold. */
  readonly share: number;
  /** Which fold of which division: those of one were tried on the same photos. */
  readonly fold: number;
  readonly learned: readonly number[];
  readonly tested: readonly number[];
  readonly mistakes: readonly number[];
}

export interface MorePhotos {
  /** Photos right with each share of the photos, the smallest first, all folds together. */
  readonly curve: readonly { readonly photos: number; readonly right: number }[];
  /** With all of them, by cross-validation; the interval is that of as many photos, each tested once. */
  readonly now: Estimate;
  /** With twice as many of each class. */
  readonly doubled: Estimate;
  /** Photos that each class is given in `classes`. */
  readonly added: number;
  readonly classes: readonly ClassWithMore[];
  /** The class that such photos help most; null where none is known to gain. */
  readonly helpsMost: number | null;
}

export interface ClassWithMore {
  readonly photos: number;
  /** Share of its photos that is right now, 0..1. */
  readonly right: number;
  /** By how much that grows with `added` more photos of it. */
  readonly gain: Estimate;
}

/** Resamples of the folds (Efron 1979). */
const RESAMPLES = 100;
/** A smaller gain helps nobody. */
const WORTH_IT = 0.005;

/**
 * Power laws through what parts of the photos come to, for all photos together and class by class; how sure they are, by
 * fitting them again to folds drawn with replacement. All classes had fewer photos at once, so that a class may gain a little
 * less from photos of its own alone.
 *
 * @param parts of two shares at least; every fold has every share
 * @param photos of each class, all of which a classifier would learn from
 */
export function morePhotos(parts: readonly PartTried[], photos: readonly number[], seed: number): MorePhotos {
  const total = sum(photos);
  const added = niceNumber(total / photos.length / 2);
  const random = createRandom(seed);
  const folds = [...new Set(parts.map(({ fold }) => fold))];
  const byFold = new Map(folds.map((fold) => [fold, parts.filter((part) => part.fold === fold)]));
  const resamples = Array.from({ length: RESAMPLES }, () =>
    folds.flatMap(() => byFold.get(folds[Math.floor(random() * folds.length)] ?? 0) ?? []),
  );
  const estimate = (of: (some: readonly PartTried[]) => number): Estimate => {
    const values = resamples.map(of).toSorted((a, b) => a - b);
    const value = of(parts);
    const at = (share: number) => values[Math.round(share * (RESAMPLES - 1))] ?? value;
    return { value, low: Math.min(value, at(0.025)), high: Math.max(value, at(0.975)) };
  };
  const whole = parts.filter(({ share }) => share === 1);
  const classes = photos.map(
    (own, label): ClassWithMore => ({
      photos: own,
      right: 1 - errorOf(whole, label),
      gain: estimate((some) => gainOf(some, label, own, added)),
    }),
  );
  const best = classes.reduce(
    (most, { gain }, label) => (gain.value > (classes[most]?.gain.value ?? 0) ? label : most),
    0,
  );
  const gain = classes[best]?.gain;
  return {
    curve: curveOf(parts),
    now: clopperPearson(1 - errorOf(whole), total),
    doubled: estimate((some) => 1 - lawOf(some, 2 * total)),
    ...{ added, classes },
    helpsMost: gain && gain.low > 0 && gain.value >= WORTH_IT ? best : null,
  };
}

function curveOf(parts: readonly PartTried[]): MorePhotos["curve"] {
  const shares = [...new Set(parts.map(({ share }) => share))].sort((a, b) => a - b);
  return shares.map((each) => {
    const own = parts.filter(({ share }) => share === each);
    const photos = Math.round(sum(own.map(({ learned }) => sum(learned))) / own.length);
    return { photos, right: 1 - errorOf(own) };
  });
}

/** The share of mistakes with so many photos. */
function lawOf(parts: readonly PartTried[], photos: number): number {
  return errorAt(fitPowerLaw(parts.map((part) => pointOf(part))), photos);
}

function gainOf(parts: readonly PartTried[], label: number, photos: number, added: number): number {
  const points = parts.map((part) => pointOf(part, label)).filter(({ error }) => Number.isFinite(error));
  // A class with a photo or two has no curve.
  if (new Set(points.map((point) => point.photos)).size < 2) return 0;
  const law = fitPowerLaw(points);
  return errorAt(law, photos) - errorAt(law, photos + added);
}

/** @param label of a class; left out for all. Its error is no number where the fold has no photo of it. */
function pointOf({ learned, tested, mistakes }: PartTried, label?: number): CurvePoint {
  const of = (counts: readonly number[]) => (label === undefined ? sum(counts) : (counts[label] ?? 0));
  return { photos: Math.max(1, of(learned)), error: of(mistakes) / of(tested) };
}

/** Over all photos of all folds. */
function errorOf(parts: readonly PartTried[], label?: number): number {
  const of = (counts: readonly number[]) => (label === undefined ? sum(counts) : (counts[label] ?? 0));
  const tested = sum(parts.map((part) => of(part.tested)));
  return tested ? sum(parts.map((part) => of(part.mistakes))) / tested : 0;
}

/** Of one significant digit, at least 10: 45 → 50. */
function niceNumber(value: number): number {
  return Math.max(10, Number(value.toPrecision(1)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
