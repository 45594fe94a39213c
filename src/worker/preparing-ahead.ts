/** Photos are prepared while nobody waits, so that training only has to fit. */
import { takesPart } from "../dataset/dataset.ts";
import type { EmbeddingTools } from "./embedding-work.ts";
import { prepare } from "./preparing.ts";
import type { PreparingEvent, PreparingRequest } from "./protocol/index.ts";
import { viewsOfPhotos } from "./training/photos.ts";

/**
 * Comparing takes half a second for so many photos and grows with their square; more are compared when somebody asks for
 * it, and not again after each photo that comes in.
 */
const MOST_COMPARED = 2000;

export interface PreparationAhead extends EmbeddingTools {
  readonly request: PreparingRequest;
  onEvent(event: PreparingEvent): void;
  readonly signal: AbortSignal;
}

/** @throws as `prepare` does; AbortError when the signal aborts, with what is done kept */
export async function prepareAhead({ request, ...tools }: PreparationAhead): Promise<void> {
  const { dataset, settings } = request;
  const samples = dataset.samples.filter(takesPart);
  const { table } = await prepare({ ...tools, pooling: settings.pooling, views: viewsOfPhotos(samples, 1) });
  if (samples.length <= MOST_COMPARED) await tools.comparer.compare({ table, samples, signal: tools.signal });
}
