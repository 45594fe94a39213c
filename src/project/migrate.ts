/** Projects that older versions of Headstart kept, brought to today's shape. */
import type { ClassifierSummary } from "./classifier.ts";
import { ProjectError } from "./errors.ts";
import type { ProjectState } from "./project.ts";
import type { Run } from "./run.ts";
import type { RunDetails } from "./run-photos.ts";
import { toThree } from "./version-3.ts";

/** Today's. Whoever changes the shape of a project's state adds one, and a step below. */
export const PROJECT_VERSION = 3;

/** A project of some version, as plain data: its own version knows its shape. */
export type PlainProject = Readonly<Record<string, unknown>>;

/** A run with what is kept of its photos; null where nothing is. */
export interface RunWithDetails {
  readonly run: Run;
  readonly details: RunDetails | null;
}

export interface MigratedProject {
  readonly state: ProjectState;
  /** What versions before 3 kept within the state, the newest first; the first one's classifier is the one in use. */
  readonly runs: readonly RunWithDetails[];
}

/** From version 1 to 2, from 2 to 3, and so on. */
const STEPS: readonly ((project: PlainProject) => PlainProject)[] = [toTwo, toThree];

/**
 * Brings a whole project, samples included, to `PROJECT_VERSION`.
 *
 * @param version the one that it was kept in, 1 or more
 * @param check called with the project as each version has it, before the step to the next: whoever does not know where the
 *   project is from checks it there, and may fill in what is left out. It throws what it wants to
 * @throws ProjectError when it was kept by a newer Headstart
 */
export function migrateProject(
  project: PlainProject,
  version: number,
  check: (project: PlainProject, version: number) => PlainProject = (checked) => checked,
): MigratedProject {
  if (version > PROJECT_VERSION) {
    throw new ProjectError({ code: "project/newer-version", version, known: PROJECT_VERSION });
  }
  const migrated = STEPS.slice(version - 1).reduce((before, step, at) => step(check(before, version + at)), project);
  const { runs = [], ...state } = check(migrated, PROJECT_VERSION);
  // Today's shape by its version, or by the steps above.
  return { state: state as unknown as ProjectState, runs: runs as readonly RunWithDetails[] };
}

/** The run of before version 3 that made a classifier; null when none did. They knew each other by when they were made. */
export function runOf(
  runs: readonly RunWithDetails[],
  { trainedAt }: Pick<ClassifierSummary, "trainedAt">,
): Run | null {
  return runs.find(({ run }) => run.classifier !== null && run.finishedAt === trainedAt)?.run ?? null;
}

/** Photos can be left out and carry what is known of them; near-duplicates and earlier runs are kept. */
function toTwo(project: PlainProject): PlainProject {
  const dataset = asPlain(project.dataset);
  const samples = asList(dataset.samples).map((sample) => ({
    excluded: false,
    burst: null,
    looks: null,
    cleared: [],
    ...sample,
  }));
  return {
    groups: [],
    runs: [],
    ...project,
    dataset: { ...dataset, samples },
    lastRun: project.lastRun ? withHeadEpochs(asPlain(project.lastRun)) : null,
  };
}

/** Before fine-tuning came, every epoch fitted the head alone. */
function withHeadEpochs(lastRun: PlainProject): PlainProject {
  const summary = asPlain(lastRun.summary);
  const outcome = asPlain(summary.outcome);
  return { ...lastRun, summary: { ...summary, outcome: { headEpochs: outcome.epochs, ...outcome } } };
}

function asPlain(value: unknown): PlainProject {
  return (value ?? {}) as PlainProject;
}

function asList(value: unknown): readonly PlainProject[] {
  return Array.isArray(value) ? value : [];
}
