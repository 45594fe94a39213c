/** A quick head with what it was fitted on, and when it has to be fitted again. */
import type { ClassId } from "../dataset/dataset.ts";
import type { QuickPhoto } from "../dataset/quick-photos.ts";
import type { Likeness } from "../engine/likeness.ts";
import { fitQuickHead, type QuickFit } from "../engine/quick-head.ts";
import type { EmbeddingTable } from "./embedding-table.ts";

/** While photos are left to embed, the head is fitted again when it has so many times the photos. */
const GROWTH = 1.25;

export interface FittedHead {
  readonly fit: QuickFit;
  readonly photos: readonly QuickPhoto[];
  readonly classIds: readonly ClassId[];
}

interface Embedded {
  readonly table: EmbeddingTable;
  readonly likeness: Likeness;
}

/** @param photos that have a row of the table @throws AbortError when the signal aborts */
export async function fitOf(
  { table, likeness }: Embedded,
  photos: readonly QuickPhoto[],
  signal: AbortSignal,
): Promise<FittedHead> {
  const classIds = [...new Set(photos.map(({ classId }) => classId))];
  const fit = await fitQuickHead({
    ...{ likeness, classes: classIds.length, signal },
    rows: Int32Array.from(photos, ({ photo }) => table.rowOf(photo, 0) ?? -1),
    labels: Int32Array.from(photos, ({ classId }) => classIds.indexOf(classId)),
  });
  return { fit, photos, classIds };
}

/** @param growing whether more photos are about to come */
export function isOutdated({ photos }: FittedHead, known: readonly QuickPhoto[], growing: boolean): boolean {
  const classOf = new Map(known.map(({ photo, classId }) => [photo, classId]));
  if (photos.some(({ photo, classId }) => classOf.get(photo) !== classId)) return true;
  return known.length >= (growing ? GROWTH * photos.length : photos.length + 1);
}
