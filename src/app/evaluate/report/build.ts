/** The report of a run, put together from what is kept of it. */
import type { OneAgainstRest } from "../../../evaluation/scores.ts";
import { rocCurve } from "../../../evaluation/threshold.ts";
import type { Run } from "../../../project/run.ts";
import { type MeasuredOn, SPLITS } from "../../../project/run-photos.ts";
import type { TakenPhotos } from "../../../project/since-run.ts";
import { SETTING_NAMES } from "../../../training/settings.ts";
import { SETTINGS, type SettingRow } from "../../../training/settings-table.ts";
import type { MeasuredRun, ReportDocument, ReportPart, ReportSection } from "../../../worker/protocol/index.ts";
import { epochTicks, roundTicks } from "../../train/chart/ticks.ts";
import { valueInWords } from "../../words/settings.ts";
import { words } from "../../words/words.ts";
import { matrixSection, metricsSection, shareAxis, weaknessesSection } from "./parts.ts";

export interface ReportFacts {
  readonly project: string;
  readonly run: Run;
  /** 1 for the project's first. */
  readonly number: number;
  /** As they are called today. */
  readonly classNames: readonly string[];
  /** On the photos that there are; at least one of them is. */
  readonly measured: Readonly<Partial<Record<MeasuredOn, MeasuredRun>>>;
  /** null where they are not kept. */
  readonly taken: TakenPhotos | null;
  /** What the ROC curves are made of, by class; empty where there are too many for a picture. */
  readonly scores: readonly OneAgainstRest[];
  /** Of the app and of what calculates. */
  readonly versions: { readonly headstart: string; readonly tensorflow: string };
  /** ISO 8601. */
  readonly madeAt: string;
}

const text = words.report;

/** Everything that is known of the run, in the order of a model card: what it is, what for, made of what, how good, how weak. */
export function buildReport(facts: ReportFacts): ReportDocument {
  const { project, run, classNames, measured, versions, madeAt } = facts;
  const { test, validation } = measured;
  const main = test ?? validation;
  return {
    language: text.language,
    title: text.title(project),
    lead: text.lead(versions.headstart, madeAt),
    sections: [
      detailsSection(facts),
      {
        heading: text.use.heading,
        parts: [
          { kind: "text", text: text.use.intended(classNames) },
          { kind: "text", text: text.use.limits },
        ],
      },
      ...(main ? [weaknessesSection(main, classNames)] : []),
      ...(test ? [metricsSection("test", test, classNames), matrixSection("test", test, classNames)] : []),
      ...(test ? [curvesSection(facts, test)] : []),
      ...(validation ? [metricsSection("validation", validation, classNames)] : []),
      dataSection(facts),
      trainingSection(run),
      settingsSection(run),
    ],
    data: dataOf(facts),
  };
}

function detailsSection({ project, run, number, classNames, versions }: ReportFacts): ReportSection {
  const { details: say } = text;
  const { classifier, durationMs, backend, note } = run;
  const rows: [string, string][] = [
    [say.project, project],
    [say.run, say.runNumber(number)],
    [say.trained, words.numbers.dateTime(run.finishedAt)],
    [say.classes, say.classNames(classNames)],
    [say.base, run.baseModel.name],
    ...(classifier ? [[say.input, say.size(classifier.inputSize)] as [string, string]] : []),
    ...(classifier ? [[say.parameters, words.numbers.count(classifier.parameters)] as [string, string]] : []),
    ...(backend ? [[say.backend, words.train.compare.backendName(backend)] as [string, string]] : []),
    ...(durationMs === null ? [] : [[say.duration, say.seconds(durationMs)] as [string, string]]),
    [say.seed, String(run.settings.seed)],
    [say.versions, `Headstart ${versions.headstart}, TensorFlow.js ${versions.tensorflow}`],
    ...(note ? [[say.note, note] as [string, string]] : []),
  ];
  return {
    heading: say.heading,
    parts: [{ kind: "table", caption: say.table, header: Object.values(say.columns), rows }],
  };
}

function dataSection({ run, classNames, taken }: ReportFacts): ReportSection {
  const { data: say } = text;
  const { count } = words.numbers;
  const counts = taken && classNames.map((_, label) => SPLITS.map((_, split) => countOf(taken, label, split)));
  const rows = counts?.map((each, label) => [classNames[label] ?? "", ...each.map(count)]) ?? [];
  const total = SPLITS.map((_, split) => counts?.reduce((sum, each) => sum + (each[split] ?? 0), 0) ?? 0);
  const totals = counts ? total : SPLITS.map((split) => run.counts[split]);
  const { folds } = run.settings;
  return {
    heading: say.heading,
    parts: [
      {
        ...{ kind: "table", caption: say.table, header: Object.values(say.columns) },
        rows: [...rows, [say.total, ...totals.map(count)]],
      },
      { kind: "text", text: folds > 1 ? say.folds(folds) : say.drawn },
      ...(run.unreadPhotos?.length ? [{ kind: "text", text: say.unread(run.unreadPhotos.length) } as const] : []),
    ],
  };
}

function countOf({ labels, splits }: TakenPhotos, label: number, split: number): number {
  return labels.reduce((sum, each, at) => sum + (each === label && splits[at] === split ? 1 : 0), 0);
}

function settingsSection({ settings }: Run): ReportSection {
  const { settings: say } = text;
  // A setting that came later than the run, or that has no effect in it, says nothing.
  const told = SETTING_NAMES.filter((name) => {
    const { shownWhen = () => true }: SettingRow = SETTINGS[name];
    return settings[name] !== undefined && shownWhen(settings);
  });
  const rows = told.map((name) => [
    words.settings.of[name].label,
    valueInWords(words.settings, name, settings[name], "name"),
  ]);
  return {
    heading: say.heading,
    parts: [{ kind: "table", caption: say.table, header: Object.values(say.columns), rows }],
  };
}

function trainingSection({ outcome, settings, counts }: Run): ReportSection {
  const { training: say } = text;
  const { history } = outcome;
  const x = {
    label: say.epoch,
    ticks: epochTicks(history.length).map((at) => ({ at, label: words.numbers.count(at) })),
  };
  const most = Math.max(
    ...history.flatMap(({ trainLoss, validationLoss }) => [trainLoss, validationLoss].filter(Number.isFinite)),
  );
  const losses = roundTicks(most).map((at) => ({ at, label: words.numbers.decimal(at, 3) }));
  const line = (name: string, key: "trainLoss" | "validationLoss" | "trainAccuracy" | "validationAccuracy") => ({
    name,
    points: history.flatMap((each): [number, number][] =>
      Number.isFinite(each[key]) ? [[each.epoch, each[key]]] : [],
    ),
  });
  const hasValidation = counts.validation > 0;
  const charts: ReportPart[] = [
    {
      ...{ kind: "chart", title: say.loss, x, y: { label: say.loss, ticks: losses } },
      lines: [line(say.trainLine, "trainLoss"), ...(hasValidation ? [line(say.validationLine, "validationLoss")] : [])],
    },
    {
      ...{ kind: "chart", title: say.accuracy, x, y: shareAxis(say.accuracy) },
      lines: [
        line(say.trainLine, "trainAccuracy"),
        ...(hasValidation ? [line(say.validationLine, "validationAccuracy")] : []),
      ],
    },
  ];
  return {
    heading: say.heading,
    parts: [
      { kind: "text", text: words.train.outcome(outcome, settings.patience) },
      ...(history.length > 1 ? charts : []),
    ],
  };
}

const DIAGONAL = {
  name: "",
  points: [
    [0, 0],
    [1, 1],
  ],
} as const;

function curvesSection({ classNames, scores }: ReportFacts, { measures }: MeasuredRun): ReportSection {
  const { roc, reliability, bins } = words.measureCurves;
  const curves = scores.flatMap((one, label) =>
    one.own.length && one.others.length
      ? [{ name: classNames[label] ?? "", points: rocCurve(one).map(({ x, y }) => [x, y] as const) }]
      : [],
  );
  const binRows = measures.bins.map(({ from, to, photos, right, confidence }) => [
    ...[bins.range(from, to), words.numbers.count(photos), words.numbers.count(right)],
    ...[photos ? words.numbers.percent(right / photos) : words.metrics.none],
    confidence === null ? words.metrics.none : words.numbers.percent(confidence),
  ]);
  const points = measures.bins.flatMap(({ confidence, right, photos }) =>
    confidence === null ? [] : [[confidence, right / photos] as const],
  );
  const rocChart: ReportPart = {
    kind: "chart",
    title: roc.title,
    x: shareAxis(roc.x),
    y: shareAxis(roc.y),
    lines: [DIAGONAL, ...curves],
  };
  const reliabilityChart: ReportPart = {
    kind: "chart",
    title: reliability.title,
    x: shareAxis(reliability.x),
    y: shareAxis(reliability.y),
    lines: [DIAGONAL, { name: reliability.y, points }],
  };
  return {
    heading: text.curves.heading,
    parts: [
      ...(curves.length ? [rocChart] : []),
      reliabilityChart,
      { kind: "text", text: reliability.hint },
      { kind: "table", caption: bins.title, header: Object.values(bins.columns), rows: binRows },
    ],
  };
}

/** Everything in numbers, none of them rounded; photos by their ids. */
function dataOf({ project, run, number, classNames, measured, taken, versions, madeAt }: ReportFacts) {
  const on = (each: MeasuredRun | undefined) =>
    each && { ...each.measures, confusion: each.report.confusion, macroF1: each.report.macroF1 };
  return {
    format: "headstart-report",
    version: 1,
    ...{ madeAt, versions, project, classNames, run: { ...run, number } },
    photos: taken && {
      ids: taken.photos,
      labels: [...taken.labels],
      splits: [...taken.splits].map((split) => SPLITS[split] ?? null),
    },
    test: on(measured.test) ?? null,
    validation: on(measured.validation) ?? null,
  };
}
