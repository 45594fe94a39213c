/** Parts of a report that are made of a run's metrics. */
import { confusionsOf } from "../../../evaluation/confusions.ts";
import {
  AVERAGES,
  CLASS_METRICS,
  type ClassMeasures,
  type Measures,
  type Metric,
  OVERALL_METRICS,
} from "../../../evaluation/measures.ts";
import type { MeasuredOn } from "../../../project/run-photos.ts";
import type { MeasuredRun, ReportAxis, ReportPart, ReportSection } from "../../../worker/protocol/index.ts";
import { words } from "../../words/words.ts";

/** Of more classes the matrix is not drawn, but the confusions are listed. */
const MOST_DRAWN = 40;
const MOST_LISTED = 60;
/** A class whose recall is lower than this is named as a weakness. */
const WEAK = 0.8;
const MOST_NAMED = 5;
/** How much surer than right it may be on average before that is told. */
const TOO_SURE = 0.05;

const text = words.report;

export function metricsSection(
  on: MeasuredOn,
  { measures }: MeasuredRun,
  classNames: readonly string[],
): ReportSection {
  const { all, of, topK, average, ofClass, none, value } = words.metrics;
  const cells = (from: ClassMeasures) => CLASS_METRICS.map((name) => withInterval(from[name]));
  const row = (name: string, meaning: string, metric: Metric | null) => [
    ...[name, metric ? value(metric.value) : none],
    ...[metric?.interval ? words.metrics.interval(metric.interval) : none, meaning],
  ];
  const names = CLASS_METRICS.map((name) => ofClass[name]);
  const { className, support } = words.evaluate.metrics.columns;
  return {
    heading: text.metrics.heading[on],
    parts: [
      { kind: "text", text: words.metrics.from(on, measures.photos) },
      {
        ...{ kind: "table", caption: all.overall },
        header: [all.columns.metric, all.columns.value, all.columns.interval, all.columns.meaning],
        rows: [
          ...OVERALL_METRICS.map((name) => row(of[name].name, of[name].meaning, measures.overall[name])),
          ...measures.topK.map(({ k, metric }) => row(topK(k).name, topK(k).meaning, metric)),
        ],
      },
      {
        ...{ kind: "table", caption: all.averages, header: [all.columns.mean, ...names] },
        rows: AVERAGES.map((each) => [average[each].name, ...cells(measures.averages[each])]),
      },
      {
        ...{ kind: "table", caption: all.perClass, header: [className, ...names, support] },
        rows: measures.classes.map((each, at) => [
          ...[classNames[at] ?? "", ...cells(each)],
          words.numbers.count(each.support),
        ]),
      },
      { kind: "text", text: all.how },
    ],
  };
}

function withInterval(metric: Metric | null): string {
  const { none, value, interval } = words.metrics;
  if (!metric) return none;
  if (!metric.interval) return value(metric.value);
  return text.metrics.valueWithInterval(value(metric.value), interval(metric.interval));
}

export function matrixSection(on: MeasuredOn, { report }: MeasuredRun, classNames: readonly string[]): ReportSection {
  const { confusion } = report;
  const heading = text.matrix.heading[on];
  const name = (label: number) => classNames[label] ?? "";
  if (confusion.length <= MOST_DRAWN) {
    const supports = confusion.map((row) => row.reduce((sum, photos) => sum + photos, 0));
    const table: ReportPart = {
      ...{ kind: "table", caption: text.matrix.table },
      header: [words.matrix.trueClass, ...classNames],
      rows: confusion.map((row, actual) => [
        name(actual),
        ...row.map((photos) => (photos ? words.matrix.count(photos) : "")),
      ]),
      shades: confusion.map((row, actual) => row.map((photos) => photos / Math.max(1, supports[actual] ?? 1))),
    };
    return { heading, parts: [table] };
  }
  const confusions = confusionsOf(confusion);
  const listed = confusions.slice(0, MOST_LISTED);
  return {
    heading,
    parts: [
      { kind: "text", text: text.matrix.tooMany(listed.length, confusions.length) },
      {
        ...{ kind: "table", caption: text.matrix.confusions, header: Object.values(text.matrix.columns) },
        rows: listed.map(({ actual, predicted, photos }) => [
          name(actual),
          name(predicted),
          words.numbers.count(photos),
        ]),
      },
    ],
  };
}

/** What a reader should know before relying on it, as far as these photos show it. */
export function weaknessesSection({ report, measures }: MeasuredRun, classNames: readonly string[]): ReportSection {
  const { weaknesses: say } = text;
  const name = (label: number) => classNames[label] ?? "";
  const { low, high } = report.accuracy;
  const untested = report.classes.flatMap(({ support }, label) => (support ? [] : [name(label)]));
  const weak = report.classes
    .flatMap(({ recall, support }, label) =>
      recall !== null && recall < WEAK ? [{ name: name(label), recall, support }] : [],
    )
    .sort((a, b) => a.recall - b.recall);
  const confidence = meanConfidence(measures);
  const items = [
    ...(high - low > 0.2 ? [say.small({ tested: report.photos, low, high })] : []),
    ...(untested.length ? [say.untested(untested)] : []),
    ...weak.slice(0, MOST_NAMED).map(say.recall),
    ...confusionsOf(report.confusion)
      .slice(0, MOST_NAMED)
      .map(({ photos, actual, predicted }) =>
        say.confused({ photos, actual: name(actual), predicted: name(predicted) }),
      ),
    ...(confidence - report.accuracy.value > TOO_SURE
      ? [say.tooSure({ confidence, accuracy: report.accuracy.value })]
      : []),
  ];
  return { heading: say.heading, parts: items.length ? [{ kind: "list", items }] : [{ kind: "text", text: say.none }] };
}

function meanConfidence({ answers }: Measures): number {
  return answers.reduce((sum, { confidence }) => sum + confidence, 0) / answers.length;
}

/** An axis of shares, in percent. */
export function shareAxis(label: string): ReportAxis {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1].map((at) => ({ at, label: words.numbers.wholePercent(at) }));
  return { label, ticks };
}
