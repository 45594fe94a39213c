/** Photos that were filmed in one go, as a person counts them. */
import type { Sample } from "./dataset.ts";

/** With so many, one can be tested on, one stops the training and the others are learned from. */
export const ENOUGH_RECORDINGS = 3;

export interface Recordings {
  /** Photos of each recording of two or more, the oldest recording first. */
  readonly long: readonly number[];
  /** Recordings of one photo. */
  readonly single: number;
}

/** The recordings that samples of one class belong to, in the samples' order. */
export function recordingsOf(samples: readonly Sample[]): Recordings {
  const counts = new Map<string, number>();
  for (const { burst } of samples) if (burst !== null) counts.set(burst, (counts.get(burst) ?? 0) + 1);
  const all = [...counts.values()];
  return { long: all.filter((photos) => photos > 1), single: all.filter((photos) => photos === 1).length };
}

export function countOf({ long, single }: Recordings): number {
  return long.length + single;
}
