/** What a project is: what a person made, apart from photos' bytes, embeddings, models and runs. */
import { type Dataset, EMPTY_DATASET, type PhotoGroups, type PhotoId } from "../dataset/dataset.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../training/settings.ts";

export type ProjectId = string;

/** What the page changes and the worker keeps. */
export interface ProjectState {
  readonly name: string;
  readonly dataset: Dataset;
  /** Near-duplicates, as far as they are known. */
  readonly groups: PhotoGroups;
  /** Names what the groups were found among, see `comparedAs` of the worker. None of an earlier version or a file has it. */
  readonly comparedAs?: string | null;
  readonly settings: TrainingSettings;
  /** The base model that is chosen for the next run; null for the first of the list. */
  readonly baseModelId: string | null;
}

/** A project in the list of projects. */
export interface ProjectSummary {
  readonly id: ProjectId;
  readonly name: string;
  /** ISO 8601, as the others. */
  readonly createdAt: string;
  readonly changedAt: string;
  /** How many. */
  readonly photos: number;
  readonly classNames: readonly string[];
  /** Its first photo. */
  readonly cover: PhotoId | null;
  /** When it was deleted; it can be restored until it is purged. */
  readonly deletedAt: string | null;
}

export function emptyProject(name: string, baseModelId: string | null): ProjectState {
  return { name, dataset: EMPTY_DATASET, groups: [], settings: DEFAULT_SETTINGS, baseModelId };
}
