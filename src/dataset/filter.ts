import type { AuditReport } from "./audit.ts";
import type { ClassId, PhotoId, Sample, Split, SuspicionKind } from "./dataset.ts";

/** What photos are looked for; null, or an empty text, asks nothing. All that is asked must hold. */
export interface PhotoFilter {
  /** Words that the file's name has, in any case and order. */
  readonly text: string;
  readonly classId: ClassId | null;
  /** `none`: takes no part in training and testing. */
  readonly split: Split | "none" | null;
  readonly suspicion: SuspicionKind | "any" | null;
  /** The class that it looks like; `another`: one that is not its own. */
  readonly prediction: ClassId | "another" | null;
}

export const NO_FILTER: PhotoFilter = { text: "", classId: null, split: null, suspicion: null, prediction: null };

/** What is known of the photos besides themselves. */
export interface Findings {
  readonly splits: ReadonlyMap<PhotoId, Split>;
  /** null before the photos were looked through: then no photo is suspicious or looks like anything. */
  readonly audit: Pick<AuditReport, "suspicions" | "predictions"> | null;
}

/** The samples that a filter lets through, in their order; the same array when it asks nothing. */
export function filterSamples(samples: readonly Sample[], filter: PhotoFilter, findings: Findings): readonly Sample[] {
  const checks = checksOf(filter, findings);
  return checks.length ? samples.filter((sample) => checks.every((holds) => holds(sample))) : samples;
}

type Check = (sample: Sample) => boolean;

function checksOf({ text, classId, split, suspicion, prediction }: PhotoFilter, findings: Findings): Check[] {
  const checks: Check[] = [];
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length) {
    checks.push(({ fileName }) => {
      const name = plain(fileName);
      return words.every((word) => name.includes(word));
    });
  }
  if (classId !== null) checks.push((sample) => sample.classId === classId);
  if (split !== null) checks.push(({ photo }) => (findings.splits.get(photo) ?? "none") === split);
  if (suspicion !== null) {
    const suspected = findings.audit?.suspicions.filter(({ kind }) => suspicion === "any" || kind === suspicion) ?? [];
    const photos = new Set(suspected.map(({ photo }) => photo));
    checks.push(({ photo }) => photos.has(photo));
  }
  if (prediction !== null) {
    const looksLike = new Map(findings.audit?.predictions.map((each) => [each.photo, each.classId]));
    checks.push((sample) => {
      const predicted = looksLike.get(sample.photo);
      return prediction === "another"
        ? predicted !== undefined && predicted !== sample.classId
        : predicted === prediction;
    });
  }
  return checks;
}

function plain(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
