/** Photos are prepared while nobody waits, so that training only has to fit. */
import { type Dataset, takesPart } from "../dataset/dataset.ts";
import type { Comparer } from "./comparison.ts";
import { type Preparation, prepare } from "./preparing.ts";
import { viewsOfPhotos } from "./training/photos.ts";

export interface PreparationAhead extends Omit<Preparation, "views"> {
  readonly dataset: Dataset;
  readonly comparer: Comparer;
}

/** @throws as `prepare` does; AbortError when the signal aborts, with what is done kept */
export async function prepareAhead({ dataset, comparer, ...preparation }: PreparationAhead): Promise<void> {
  const samples = dataset.samples.filter(takesPart);
  const { table } = await prepare({ ...preparation, views: viewsOfPhotos(samples, 1) });
  await comparer.compare({ table, samples, signal: preparation.signal });
}
