/** The photos that a search tries settings on, embedded. */
import type { ClassId, Dataset, PhotoGroups, Sample, Split } from "../../dataset/dataset.ts";
import { viewsOf } from "../../engine/augment.ts";
import type { EmbeddingTable } from "../embedding-table.ts";
import { prepare } from "../preparing.ts";
import { labelledRows, type PhotoRows, viewsOfPhotos } from "../training/photos.ts";
import { prepareTraining, type TrainingPreparation } from "../training/prepare.ts";

/** Training and validation photos, whoever embeds them. */
export interface SearchPhotos {
  /** Of `samples`, only these photos. */
  readonly dataset: Dataset;
  readonly groups: PhotoGroups;
  readonly labels: ReadonlyMap<ClassId, number>;
  /** Of each that is learned from. */
  readonly views: number;
}

/** Prepares the photos as a training would, with the splits that it would draw; gives those that it would not test on. */
export async function searchPhotos(
  job: TrainingPreparation,
): Promise<{ readonly photos: SearchPhotos; readonly table: EmbeddingTable }> {
  const settings = { ...job.request.settings, folds: 0 };
  const { dataset, samples, groups, labels, table } = await prepareTraining({
    ...job,
    request: { ...job.request, settings },
  });
  const own = [...samples.train, ...samples.validation];
  const photos = { dataset: { ...dataset, samples: own }, groups, labels, views: viewsOf(settings.augmentation) };
  // Training does not learn from validation photos before the end.
  await embedForSearch(job, photos);
  return { photos, table };
}

/** Embeds the photos with a base model. @throws StorageError when the storage is full; AbortError */
export async function embedForSearch(
  job: Omit<TrainingPreparation, "request"> & { readonly request: Pick<TrainingPreparation["request"], "settings"> },
  { dataset, views }: SearchPhotos,
): Promise<EmbeddingTable> {
  const { pooling } = job.request.settings;
  const { table } = await prepare({ ...job, pooling, views: viewsOfPhotos(dataset.samples, views) });
  return table;
}

/** Rows of some of the photos: with their augmented views when they are learned from. */
export function gatherFrom(table: EmbeddingTable, { labels, views }: SearchPhotos) {
  return (some: readonly Sample[], split: Split): PhotoRows =>
    labelledRows(some, split === "train" ? views : 1, table, labels);
}
