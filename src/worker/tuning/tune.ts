/** A search for better settings, from photos to its report. */
import { grouped } from "../../dataset/grouped.ts";
import { type Budget, MEANS } from "../../training/search/budgets.ts";
import { candidatesFor } from "../../training/search/candidates.ts";
import type { EmbeddingTable } from "../embedding-table.ts";
import { withEmbeddingTools } from "../embedding-work.ts";
import type { Tuned, TuneEvent, TuneRequest } from "../protocol/tuning.ts";
import type { Rooms } from "../rooms.ts";
import { TrainingError } from "../training/errors.ts";
import { embedForSearch, gatherFrom, type SearchPhotos, searchPhotos } from "./ground.ts";
import { searchSettings } from "./search.ts";

export interface TuneJob {
  readonly request: TuneRequest;
  onEvent(event: TuneEvent): void;
  /** Ends it without anything. */
  readonly signal: AbortSignal;
  /** Ends it with what was found. */
  readonly stop: AbortSignal;
}

/** So many photos of the largest class for one of the smallest make classes uneven. */
const UNEVEN = 1.5;

/**
 * The budget runs once the photos are prepared for the chosen base model. Other base models come first: what they need is known
 * then, and whether there is time for it.
 *
 * @throws EngineError when the GPU is lost; StorageError when the storage is full; AbortError when `signal` aborts
 */
export async function runTuning(rooms: Rooms, job: TuneJob): Promise<Tuned> {
  const { request, onEvent, signal, stop } = job;
  const { baseModelId, budget } = request;
  const { photos, table } = await withEmbeddingTools(rooms, request, (tools) =>
    searchPhotos({ ...tools, request: { ...request, asFixed: false }, onEvent, signal }),
  );
  // Each fold has to leave photos to learn from.
  if (photos.dataset.samples.length < 2) throw new TrainingError({ code: "training/nothing-to-learn-from" });
  onEvent({ kind: "begun" });
  const deadline = performance.now() + 1000 * budget;
  const tables = new Map([[baseModelId, table]]);
  const tooSlow: string[] = [];
  for (const id of MEANS[budget].shareForBases > 0 ? request.otherBases : []) {
    const other = stop.aborted ? null : await otherTable(rooms, job, { id, photos, deadline });
    if (other) tables.set(id, other);
    else tooSlow.push(id);
  }
  const over = AbortSignal.timeout(Math.max(0, deadline - performance.now()));
  const ends = AbortSignal.any([signal, stop, over]);
  const report = await withEmbeddingTools(rooms, request, () =>
    searchSettings({
      ...{ photos, seed: request.settings.seed, ends },
      candidates: candidatesOf(job, photos, [...tables.keys()]),
      bases: new Map(
        [...tables].map(([id, each]) => [
          id,
          { features: each.width, classes: photos.labels.size, gather: gatherFrom(each, photos) },
        ]),
      ),
      onTrial: (trial, found) => onEvent({ kind: "trying", trial, report: found() }),
    }),
  );
  signal.throwIfAborted();
  return { report, end: stop.aborted ? "user" : over.aborted ? "time" : "all", tooSlow };
}

function candidatesOf({ request }: TuneJob, { dataset }: SearchPhotos, bases: readonly string[]) {
  const { settings, baseModelId, budget } = request;
  const sizes = [...grouped(dataset.samples, ({ classId }) => classId).values()].map(({ length }) => length);
  return candidatesFor({
    // A fold is no place for what is done after the head is fitted, or instead of it.
    from: { settings: { ...settings, folds: 0, fineTune: false }, baseModelId },
    otherBases: bases.filter((id) => id !== baseModelId),
    isUneven: Math.max(...sizes) >= UNEVEN * Math.min(...sizes),
    most: MEANS[budget].candidates,
  });
}

interface OtherBase {
  readonly id: string;
  readonly photos: SearchPhotos;
  /** On the clock of `performance.now`. */
  readonly deadline: number;
}

/** null where it would take more than its share of the time that is left. */
async function otherTable(
  rooms: Rooms,
  { request, onEvent, signal, stop }: TuneJob,
  { id, photos, deadline }: OtherBase,
): Promise<EmbeddingTable | null> {
  const share = shareOf(request.budget, request.otherBases.length) * Math.max(0, deadline - performance.now());
  const tooLong = new AbortController();
  const ends = AbortSignal.any([signal, stop, tooLong.signal, AbortSignal.timeout(share)]);
  const settings = { ...request.settings, inputSize: null };
  const began = performance.now();
  onEvent({ kind: "other-base", baseModelId: id });
  try {
    return await withEmbeddingTools(rooms, { baseModelId: id, settings }, (tools) =>
      embedForSearch(
        {
          ...{ ...tools, request: { settings }, signal: ends },
          onEvent(event) {
            onEvent(event);
            if (event.kind !== "preparing" || event.msPerPhoto === null) return;
            const left = event.msPerPhoto * (event.total - event.done);
            if (performance.now() - began + left > share) tooLong.abort();
          },
        },
        photos,
      ),
    );
  } catch (error) {
    signal.throwIfAborted();
    if (ends.aborted) return null;
    throw error;
  }
}

function shareOf(budget: Budget, others: number): number {
  return MEANS[budget].shareForBases / others;
}
