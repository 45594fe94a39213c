/** From version 2 to 3: runs get ids and leave the state; they know classes by id and not by name. Settings are whole. */
import type { ClassId, PhotoClass } from "../dataset/dataset.ts";
import type { ClassMetrics, Estimate, EvaluationReport } from "../evaluation/report.ts";
import type { TrainingOutcome } from "../training/history.ts";
import { readSettings } from "../training/read-settings.ts";
import type { OlderSettings } from "../training/settings-table.ts";
import type { PlainProject, RunWithDetails } from "./migrate.ts";
import type { Run, RunClass, RunClassifier } from "./run.ts";

/** As version 2 kept a run that others had come after. */
interface RunOfTwo {
  readonly finishedAt: string;
  readonly baseModelName: string;
  readonly settings: OlderSettings;
  readonly counts: Run["counts"];
  readonly accuracy: Estimate | null;
  readonly macroF1: Estimate | null;
  readonly outcome: Omit<TrainingOutcome, "history">;
}

/** As version 2 kept the last run. */
interface LastRunOfTwo {
  readonly summary: {
    readonly outcome: TrainingOutcome;
    readonly report: ReportOfTwo;
    readonly classifier: RunClassifier & { readonly trainedAt: string | null };
    readonly counts: Run["counts"];
  };
  readonly settings: OlderSettings;
  readonly baseModelName: string;
  readonly finishedAt: string;
}

type ReportOfTwo = Omit<EvaluationReport, "classes"> & {
  readonly classNames: readonly string[];
  readonly classes: readonly (ClassMetrics & { readonly className: string })[];
};

export function toThree({ lastRun, runs, ...state }: PlainProject): PlainProject {
  const { classes } = state.dataset as { readonly classes: readonly PhotoClass[] };
  const last = (lastRun ?? null) as LastRunOfTwo | null;
  const others = ((runs ?? []) as readonly RunOfTwo[]).filter(({ finishedAt }) => finishedAt !== last?.finishedAt);
  return {
    ...state,
    settings: readSettings((state.settings ?? {}) as OlderSettings),
    runs: [...(last ? [lastToThree(last, classes)] : []), ...others.map(otherToThree)],
  };
}

/** Finished when its classifier was, by which that is known to be its. */
function lastToThree(last: LastRunOfTwo, classes: readonly PhotoClass[]): RunWithDetails {
  const { outcome, report, classifier, counts } = last.summary;
  const { classNames, classes: metrics, ...figures } = report;
  const measured = report.photos > 0;
  return {
    run: {
      ...commonOf({ ...last, finishedAt: classifier.trainedAt ?? last.finishedAt }),
      classes: classNames.map((name): RunClass => ({ id: idOf(name, classes), name })),
      outcome,
      counts,
      metrics: measured ? { accuracy: report.accuracy, macroF1: report.macroF1 } : null,
      classifier: withoutOrigin(classifier),
    },
    details: { report: { ...figures, classes: metrics.map(({ className: _, ...rest }) => rest) } },
  };
}

function withoutOrigin({ name, inputSize, crop, parameters }: RunClassifier): RunClassifier {
  return { name, inputSize, crop, parameters };
}

function otherToThree(earlier: RunOfTwo): RunWithDetails {
  const { outcome, counts, accuracy, macroF1 } = earlier;
  const run: Run = {
    ...commonOf(earlier),
    classes: [],
    outcome: { ...outcome, history: [] },
    counts,
    metrics: accuracy && { accuracy, macroF1 },
    classifier: null,
  };
  return { run, details: null };
}

function commonOf({
  finishedAt,
  baseModelName,
  settings,
}: Pick<RunOfTwo, "finishedAt" | "baseModelName" | "settings">) {
  return {
    // Version 2 told runs apart by when they finished.
    id: `run-${finishedAt}`,
    finishedAt,
    durationMs: null,
    settings: readSettings(settings),
    baseModel: { id: null, name: baseModelName },
    backend: null,
    pinned: false,
    deletedAt: null,
  };
}

/** A class that was renamed or deleted since the run has an id that no class has. */
function idOf(name: string, classes: readonly PhotoClass[]): ClassId {
  return classes.find((each) => each.name === name)?.id ?? `gone: ${name}`;
}
