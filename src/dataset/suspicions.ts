/** Everything that is worth a look, in one ranked list. */
import type { Suspicion } from "./audit.ts";
import { bundlesOf } from "./bundles.ts";
import type { ClassId, PhotoGroups, PhotoId, Sample, SuspicionKind } from "./dataset.ts";
import { grouped } from "./grouped.ts";
import { findLabelIssues } from "./label-issues.ts";
import { robustScores } from "./robust.ts";

export interface Evidence {
  readonly samples: readonly Sample[];
  readonly groups: PhotoGroups;
  /** Classes in the order of the probabilities. */
  readonly classIds: readonly ClassId[];
  /** By models that were not fitted on the photo. */
  readonly probabilities: ReadonlyMap<PhotoId, readonly number[]>;
  /** Mean cosine to the nearest photos of its own class. */
  readonly closeness: ReadonlyMap<PhotoId, number>;
  /** Side of the photos that the base model sees, in pixels. */
  readonly inputSize: number;
}

/** A photo this far from its class's middle, in robust standard deviations, is an outlier. */
const FAR = 4;
/** Fewer photos say nothing about what is usual. */
const FEWEST_TO_COMPARE = 10;
/** A look is unusual from here on, in robust standard deviations. */
const UNUSUAL = 2.5;
/** Whatever the others look like, a photo beyond these limits only is called dark, bright or blurred. */
const LIMITS = { dark: 0.15, bright: 0.88, blurred: 0.001 };
const TINY_SIDE = 64;

/** The most suspicious first; without excluded photos and what was cleared. */
export function suspicionsOf(evidence: Evidence): Suspicion[] {
  const bySample = new Map(evidence.samples.map((sample) => [sample.photo, sample]));
  return [...labelSuspicions(evidence), ...groupSuspicions(evidence), ...outliers(evidence), ...unusualLooks(evidence)]
    .filter(({ photo, kind }) => {
      const sample = bySample.get(photo);
      return sample && !sample.excluded && !sample.cleared.includes(kind);
    })
    .sort((a, b) => b.score - a.score || (a.photo < b.photo ? -1 : 1));
}

/** Scores of a half and more, mostly: what looks like another class has little of its own. */
function labelSuspicions({ samples, classIds, probabilities }: Evidence): Suspicion[] {
  const labelled = samples.flatMap(({ photo, classId }) => {
    const own = probabilities.get(photo);
    const label = classIds.indexOf(classId);
    return own && label >= 0 ? [{ photo, label, probabilities: own }] : [];
  });
  return findLabelIssues(labelled, classIds.length).flatMap(({ at, suggested, doubt }) => {
    const found = labelled[at];
    const classId = classIds[suggested];
    if (!found || classId === undefined) return [];
    const probability = found.probabilities[suggested] ?? 0;
    return [suspicion("label", found.photo, doubt, { suggestion: { classId, probability } })];
  });
}

/** Near-duplicates, and those of them that folders or people put into different splits. Photos of one recording are meant to be alike. */
function groupSuspicions({ samples, groups }: Evidence): Suspicion[] {
  const together = new Set(groups.flat());
  return bundlesOf(
    samples.filter(({ photo, excluded }) => together.has(photo) && !excluded),
    groups,
  ).flatMap((bundle) => {
    const held = bundle.filter(({ fixedSplit }) => fixedSplit === "test");
    const leaks = held.length ? bundle.filter(({ fixedSplit }) => fixedSplit !== null && fixedSplit !== "test") : [];
    const leaked = leaks.map(({ photo }) =>
      suspicion("leak", photo, 0.8, { others: held.map((other) => other.photo) }),
    );
    const seen = new Set<string>();
    const repeated = bundle.filter(({ photo, burst }, at) => {
      const isNew = at === 0 || burst === null || !seen.has(burst);
      if (burst !== null) seen.add(burst);
      return at > 0 && isNew && !leaks.some((leak) => leak.photo === photo);
    });
    const duplicates = repeated.map(({ photo }) =>
      suspicion("duplicate", photo, 0.4, { others: bundle.map((other) => other.photo).filter((id) => id !== photo) }),
    );
    return [...leaked, ...duplicates];
  });
}

function outliers({ samples, closeness }: Evidence): Suspicion[] {
  return [...grouped(samples, ({ classId }) => classId).values()].flatMap((own) => {
    const near = own.flatMap(({ photo }) => {
      const value = closeness.get(photo);
      return value === undefined ? [] : [{ photo, value }];
    });
    if (near.length < FEWEST_TO_COMPARE) return [];
    const scores = robustScores(near.map(({ value }) => value));
    return near.flatMap(({ photo }, at) => {
      const distance = -(scores[at] ?? 0);
      return distance >= FAR ? [suspicion("outlier", photo, strength(distance, FAR, 0.45))] : [];
    });
  });
}

function unusualLooks({ samples, inputSize }: Evidence): Suspicion[] {
  const tiny = samples.filter(({ width, height }) => Math.min(width, height) < Math.min(TINY_SIDE, inputSize / 2));
  // Where most photos are tiny, that is how they are.
  const isUsual = 2 * tiny.length > samples.length;
  const found = isUsual ? [] : tiny.map(({ photo }) => suspicion("tiny", photo, 0.35));
  const measured = samples.flatMap(({ photo, looks }) => (looks ? [{ photo, looks }] : []));
  if (measured.length < FEWEST_TO_COMPARE) return found;
  const light = robustScores(measured.map(({ looks }) => looks.brightness));
  const sharp = robustScores(measured.map(({ looks }) => Math.log(looks.sharpness + 1e-6)));
  measured.forEach(({ photo, looks }, at) => {
    const [lit, keen] = [light[at] ?? 0, sharp[at] ?? 0];
    const add = (kind: SuspicionKind, distance: number) =>
      found.push(suspicion(kind, photo, strength(distance, UNUSUAL, 0.3)));
    if (looks.brightness < LIMITS.dark && lit < -UNUSUAL) add("dark", -lit);
    if (looks.brightness > LIMITS.bright && lit > UNUSUAL) add("bright", lit);
    if (looks.sharpness < LIMITS.blurred && keen < -UNUSUAL) add("blurred", -keen);
  });
  return found;
}

/** `least` at the limit, rising to `least` + 0.2 at twice the limit and beyond. */
function strength(distance: number, limit: number, least: number): number {
  return least + 0.2 * Math.min(1, (distance - limit) / limit);
}

function suspicion(
  kind: SuspicionKind,
  photo: PhotoId,
  score: number,
  { suggestion = null, others = [] }: Partial<Pick<Suspicion, "suggestion" | "others">> = {},
): Suspicion {
  return { kind, photo, score, suggestion, others };
}
