/** Training, first step: every photo has its embedding, its split and its label. */
import {
  type ClassId,
  type Dataset,
  type PhotoClass,
  type PhotoGroups,
  type PhotoId,
  type Sample,
  type Split,
  takesPart,
} from "../../dataset/dataset.ts";
import { type SplitShares, splitSamples, type TestShortfall, testShortfalls } from "../../dataset/split.ts";
import { viewsOf } from "../../engine/augment.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import type { EmbeddingTable } from "../embedding-table.ts";
import type { EmbeddingTools } from "../embedding-work.ts";
import { prepare } from "../preparing.ts";
import type { TrainEvent, TrainRequest } from "../protocol/index.ts";
import { TrainingError } from "./errors.ts";
import type { TrainingJob } from "./job.ts";
import { labelledRows, type PhotoRows, viewsOfPhotos } from "./photos.ts";

export interface PreparedTraining {
  readonly dataset: Dataset;
  readonly settings: TrainingSettings;
  /** The classes that take part, in the order of the classifier's outputs. */
  readonly classes: readonly PhotoClass[];
  readonly table: EmbeddingTable;
  /** Near-duplicates, which stay in one split. */
  readonly groups: PhotoGroups;
  /** Classes that get fewer test photos than their share. */
  readonly shortfalls: readonly TestShortfall[];
  /** The photos that could not be read and take no part. */
  readonly unread: readonly PhotoId[];
  /** The photos that take part and could be read, by their splits. */
  readonly samples: Readonly<Record<Split, readonly Sample[]>>;
  /** The label of each class. */
  readonly labels: ReadonlyMap<ClassId, number>;
  /** Rows of some samples: with their augmented views when they are learned from. */
  rowsOf(samples: readonly Sample[], split: Split): PhotoRows;
}

/** What of a training its preparing needs. */
export interface TrainingPreparation extends Pick<TrainingJob, keyof EmbeddingTools | "signal"> {
  readonly request: Pick<TrainRequest, "dataset" | "settings" | "known" | "asFixed">;
  onEvent(event: Extract<TrainEvent, { kind: "preparing" | "preparing-skipped" | "groups" }>): void;
}

/**
 * Photos first and their augmented views after them: near-duplicates decide which photos are learned from.
 *
 * @throws StorageError when the storage is full; AbortError when the signal aborts
 */
export async function prepareTraining(job: TrainingPreparation): Promise<PreparedTraining> {
  const { request, onEvent, signal } = job;
  const { dataset, settings } = request;
  const folded = settings.folds > 1;
  const all = dataset.samples.filter(takesPart);
  const { table } = await prepare({ ...job, pooling: settings.pooling, views: viewsOfPhotos(all, 1) });
  const { groups, comparedAs } = await job.comparer.groups({ table, samples: all, signal }, request.known);
  onEvent({ kind: "groups", groups, comparedAs });
  // Every photo is a test photo of some fold.
  const shares: SplitShares = {
    seed: settings.seed,
    validationShare: request.asFixed ? 0 : settings.validationShare,
    testShare: folded || request.asFixed ? 0 : settings.testShare,
  };
  const bound = request.asFixed ? [] : groups;
  const splits = splitSamples(dataset, shares, bound);
  const shortfalls = testShortfalls(dataset, shares, bound);
  const isRead = ({ photo }: Sample) => table.rowOf(photo, 0) !== undefined;
  const readable = all.filter(isRead);
  const unread = all.filter((sample) => !isRead(sample)).map(({ photo }) => photo);
  const samples = bySplit(readable, splits);
  if (samples.train.length === 0) throw new TrainingError({ code: "training/nothing-to-learn-from" });
  const views = viewsOf(settings.augmentation);
  const augmented = viewsOfPhotos(folded ? readable : samples.train, views).filter(({ view }) => view > 0);
  if (augmented.length) await prepare({ ...job, pooling: settings.pooling, views: augmented });
  const taking = new Set(all.map(({ classId }) => classId));
  const classes = dataset.classes.filter(({ id }) => taking.has(id));
  const labels = new Map(classes.map(({ id }, label) => [id, label]));
  return {
    ...{ dataset, settings, classes, table, groups, shortfalls, unread, samples, labels },
    rowsOf: (some, split) => labelledRows(some, split === "train" ? views : 1, table, labels),
  };
}

function bySplit(samples: readonly Sample[], splits: ReadonlyMap<PhotoId, Split>): PreparedTraining["samples"] {
  const of = (split: Split) => samples.filter(({ photo }) => splits.get(photo) === split);
  return { train: of("train"), validation: of("validation"), test: of("test") };
}
