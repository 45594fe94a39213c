/** Changes of a project, so that a change of a few photos is kept without writing the others again. */
import { changedChunks, type SampleChanges } from "../dataset/chunks.ts";
import { classesOf } from "../dataset/dataset.ts";
import type { ProjectState, ProjectSummary } from "./project.ts";

export interface ProjectChange {
  /** The whole new state, but with an empty list of samples. */
  readonly state: ProjectState;
  readonly samples: SampleChanges;
}

/** What turns one state into another. Samples that are the same objects have not changed. */
export function changeOf(before: ProjectState, after: ProjectState): ProjectChange {
  return { state: withoutSamples(after), samples: changedChunks(before.dataset.samples, after.dataset.samples) };
}

/** A whole state, as a change of nothing. */
export function wholeOf(state: ProjectState): ProjectChange {
  return { state: withoutSamples(state), samples: changedChunks([], state.dataset.samples) };
}

/** Compares by identity, key by key. */
export function isChanged(before: ProjectState, after: ProjectState): boolean {
  return (Object.keys(after) as (keyof ProjectState)[]).some((key) => after[key] !== before[key]);
}

/** What the list of projects says of it. */
export function describeProject({
  state,
  samples,
}: ProjectChange): Pick<ProjectSummary, "name" | "photos" | "classNames" | "cover"> {
  const classNames = classesOf(state.dataset).map(({ name }) => name);
  return { name: state.name, photos: samples.count, classNames, cover: samples.order[0] ?? null };
}

function withoutSamples(state: ProjectState): ProjectState {
  return { ...state, dataset: { ...state.dataset, samples: [] } };
}
