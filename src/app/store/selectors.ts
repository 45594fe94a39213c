/** What the page shows of the state and would be slow to work out again for each part of it. */
import { coloursOf } from "../../dataset/colours.ts";
import type { ClassId, Dataset, PhotoId, Sample, Split } from "../../dataset/dataset.ts";
import { grouped } from "../../dataset/grouped.ts";
import { splitSamples } from "../../dataset/split.ts";
import type { Run } from "../../project/run.ts";
import { jobOf } from "./jobs.ts";
import { runInUse } from "./runs.ts";
import type { State } from "./store.ts";

const NO_SAMPLES: readonly Sample[] = [];

let classed: { readonly samples: Dataset["samples"]; readonly groups: ReadonlyMap<ClassId, readonly Sample[]> } = {
  samples: NO_SAMPLES,
  groups: new Map(),
};

/** A class's photos in the dataset's order: the same array as long as they are the same. */
export function samplesOf({ samples }: Dataset, id: ClassId): readonly Sample[] {
  if (samples !== classed.samples) {
    const before = classed.groups;
    const groups = new Map<ClassId, readonly Sample[]>();
    for (const [classId, group] of grouped(samples, (sample) => sample.classId)) {
      const old = before.get(classId);
      groups.set(classId, old && isSame(old, group) ? old : group);
    }
    classed = { samples, groups };
  }
  return classed.groups.get(id) ?? NO_SAMPLES;
}

const NO_SPLITS: ReadonlyMap<PhotoId, Split> = new Map();

let split: { readonly causes: readonly unknown[]; readonly splits: ReadonlyMap<PhotoId, Split> } = {
  causes: [],
  splits: NO_SPLITS,
};

/** The split of every photo that takes part, as training would draw it now; empty while photos come in, from files or the camera. */
export function splitsOf({ dataset, settings, groups, jobs, capturing }: State): ReadonlyMap<PhotoId, Split> {
  if (capturing !== null || jobOf(jobs, "import")) return NO_SPLITS;
  const { validationShare, testShare, seed } = settings;
  const causes = [dataset, groups, validationShare, testShare, seed];
  if (!isSame(causes, split.causes)) {
    split = { causes, splits: splitSamples(dataset, { validationShare, testShare, seed }, groups) };
  }
  return split.splits;
}

function isSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

/** What a run's classes are called today; those that are gone, as they were called then. */
export function classNamesOf({ classes }: Run, dataset: Dataset): string[] {
  const names = new Map(dataset.classes.map(({ id, name }) => [id, name]));
  return classes.map(({ id, name }) => names.get(id) ?? name);
}

/** The colours of a run's classes, in its order: places in the palette. */
export function runColours({ classes }: Run, dataset: Dataset): number[] {
  return coloursOf(classes, dataset);
}

/** The same for the classifier in use; classes of one from elsewhere go by their names. */
export function coloursInUse(state: Pick<State, "runs" | "classifier" | "dataset">): number[] {
  const run = runInUse(state);
  if (run) return runColours(run, state.dataset);
  const names = state.classifier?.classNames ?? [];
  return coloursOf(
    names.map((name) => ({ id: null, name })),
    state.dataset,
  );
}

/** What the classes of the classifier in use are called today. Those of one from elsewhere keep their names. */
export function classNamesInUse(state: Pick<State, "runs" | "classifier" | "dataset">): readonly string[] {
  const run = runInUse(state);
  return run ? classNamesOf(run, state.dataset) : (state.classifier?.classNames ?? []);
}
