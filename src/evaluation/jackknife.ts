/** How much a metric of a confusion matrix varies, by what it becomes without each photo in turn. */
import type { ClassCounts } from "./class-metrics.ts";

/** Photos of one class that were called another, or their own. */
export interface CountCell {
  readonly actual: number;
  readonly predicted: number;
  readonly photos: number;
}

export interface Tallied {
  readonly photos: number;
  /** Of each class. */
  readonly counts: readonly ClassCounts[];
  /** Cells with photos. */
  readonly cells: readonly CountCell[];
}

/**
 * Metrics and their variances by the jackknife (Efron & Stein 1981). Photos of one cell are alike, so that there is one
 * calculation for each cell with photos.
 * @param metrics gives always as many numbers
 */
export function jackknife(
  { photos, counts, cells }: Tallied,
  metrics: (counts: readonly ClassCounts[]) => readonly number[],
): { value: number; variance: number }[] {
  const left = photos > 1 ? cells.map((cell) => metrics(withoutOne(counts, cell))) : [];
  return metrics(counts).map((value, metric) => {
    const mean = sumOver(cells, (each, at) => (each.photos * (left[at]?.[metric] ?? value)) / photos);
    const squares = sumOver(cells, (each, at) => each.photos * ((left[at]?.[metric] ?? value) - mean) ** 2);
    return { value, variance: ((photos - 1) / photos) * squares };
  });
}

function sumOver<Item>(items: readonly Item[], of: (item: Item, at: number) => number): number {
  return items.reduce((sum, item, at) => sum + of(item, at), 0);
}

function withoutOne(counts: readonly ClassCounts[], { actual, predicted }: CountCell): ClassCounts[] {
  const left = [...counts];
  const hit = actual === predicted ? 1 : 0;
  const own = left[actual];
  if (own) left[actual] = { ...own, hits: own.hits - hit, support: own.support - 1 };
  const called = left[predicted];
  if (called) left[predicted] = { ...called, predicted: called.predicted - 1 };
  return left;
}
