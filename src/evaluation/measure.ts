import { averaged, cohensKappa, matthewsCorrelation } from "./agreement.ts";
import type { ClassCounts } from "./class-metrics.ts";
import { bootstrapMean, effectiveCorrelation, effectiveShare, f1Estimate, rocAucEstimate } from "./estimates.ts";
import { clopperPearson, wilson } from "./intervals.ts";
import { type CountCell, jackknife } from "./jackknife.ts";
import { macroF1Estimate, mostTrials } from "./macro-f1.ts";
import type { Answer, ClassMeasures, Measures, Metric } from "./measures.ts";
import { brierScores, confidenceBins, expectedCalibrationError, logLosses, topKHits } from "./probabilities.ts";
import { averagePrecision, rocAuc, rocPlacement } from "./ranking.ts";
import type { Estimate } from "./report.ts";
import {
  allAgainstRest,
  checkScores,
  type OneAgainstRest,
  oneAgainstRest,
  predictedClasses,
  probabilityOf,
  type Scores,
} from "./scores.ts";

/** Of so many most probable classes, the own one may be any; only fewer than there are classes say something. */
const TOP = [2, 3, 5];

/**
 * All metrics of what a classifier said of photos; null without photos. Where an interval follows from a method of its own,
 * that is named with the metric's function.
 * @throws RangeError when a probability is none, as NaN
 */
export function measure(scores: Scores): Measures | null {
  checkScores(scores);
  const photos = scores.photos.length;
  if (!photos) return null;
  const answers = answersOf(scores);
  const tally = tallyOf(answers, scores.classes);
  const rests = Array.from({ length: scores.classes }, (_, label) => oneAgainstRest(scores, label));
  const classes = tally.counts.map((counts, label) => ({
    ...classMeasures(counts, rests[label] as OneAgainstRest),
    support: counts.support,
  }));
  const bins = confidenceBins(scores);
  const agreement = agreementOf(tally);
  return {
    photos,
    overall: { ...overallOf(scores, tally, agreement), calibrationError: bare(expectedCalibrationError(bins)) },
    topK: TOP.filter((k) => k < scores.classes).map((k) => ({
      k,
      metric: metricOf(wilson(topKHits(scores, k), photos)),
    })),
    averages: averagesOf(scores, tally, agreement, { rests, classes }),
    ...{ classes, bins, answers },
  };
}

function answersOf(scores: Scores): Answer[] {
  return Array.from(predictedClasses(scores), (predicted, at) => ({
    photo: scores.photos[at] as string,
    actual: scores.labels[at] as number,
    predicted,
    confidence: probabilityOf(scores, at, predicted),
  }));
}

interface Tally {
  readonly photos: number;
  readonly hits: number;
  readonly counts: readonly ClassCounts[];
  /** Cells of the confusion matrix with photos. */
  readonly cells: readonly CountCell[];
}

function tallyOf(answers: readonly Answer[], classes: number): Tally {
  const counts = Array.from({ length: classes }, () => ({ hits: 0, support: 0, predicted: 0 }));
  const cells = new Map<number, CountCell>();
  let hits = 0;
  for (const { actual, predicted } of answers) {
    const [own, called] = [counts[actual], counts[predicted]];
    if (!own || !called) throw new RangeError(`There is no class ${actual} or ${predicted}.`);
    own.support += 1;
    called.predicted += 1;
    if (own === called) {
      own.hits += 1;
      hits += 1;
    }
    const key = actual * classes + predicted;
    cells.set(key, { actual, predicted, photos: (cells.get(key)?.photos ?? 0) + 1 });
  }
  return { photos: answers.length, hits, counts, cells: [...cells.values()] };
}

/** What follows from the confusion matrix alone, with intervals by the jackknife. */
function agreementOf(tally: Tally) {
  const kappa = cohensKappa(tally.counts);
  const found = jackknife(tally, (counts) => {
    const [macro, weighted] = [averaged(counts, "macro"), averaged(counts, "weighted")];
    return [
      ...[macro.precision, macro.recall, weighted.precision, weighted.f1],
      ...[matthewsCorrelation(counts), cohensKappa(counts) ?? kappa ?? 0],
    ];
  });
  const supports = tally.counts.map(({ support }) => support).filter((support) => support > 0);
  const take = (at: number) => found[at] ?? { value: Number.NaN, variance: 0 };
  const share = (at: number, most: number) => metricOf(effectiveShare(take(at).value, take(at).variance, most));
  const correlation = (at: number) => metricOf(effectiveCorrelation(take(at).value, take(at).variance, tally.photos));
  // Of macro means, no surer than the few photos of a class allow; of weighted ones, than all photos together.
  const fewest = mostTrials(supports);
  return {
    ...{ macroPrecision: share(0, fewest), macroRecall: share(1, fewest) },
    ...{ weightedPrecision: share(2, tally.photos), weightedF1: share(3, tally.photos) },
    ...{ matthews: correlation(4), kappa: kappa === null ? null : correlation(5) },
  };
}
type Agreement = ReturnType<typeof agreementOf>;

function overallOf(
  scores: Scores,
  { photos, hits }: Tally,
  agreement: Agreement,
): Omit<Measures["overall"], "calibrationError"> {
  const mean = (values: Float64Array) => {
    const value = values.reduce((sum, each) => sum + each, 0) / values.length;
    return { value, interval: intervalOf(bootstrapMean(values)) };
  };
  return {
    accuracy: metricOf(wilson(hits, photos)),
    balancedAccuracy: agreement.macroRecall,
    kappa: agreement.kappa,
    matthews: agreement.matthews,
    logLoss: mean(logLosses(scores)),
    brier: mean(brierScores(scores)),
  };
}

/** Exact intervals (Clopper & Pearson 1934): a class has few photos. Average precision counts as a share of its own photos (Boyd et al. 2013). */
function classMeasures({ hits, support, predicted }: ClassCounts, rest: OneAgainstRest): ClassMeasures {
  const [area, mean] = [rocAuc(rest), averagePrecision(rest)];
  return {
    precision: predicted ? metricOf(clopperPearson(hits / predicted, predicted)) : null,
    recall: support ? metricOf(clopperPearson(hits / support, support)) : null,
    f1: support + predicted ? metricOf(f1Estimate(hits, support, predicted)) : null,
    rocAuc: area === null ? null : metricOf(rocAucEstimate(area, rest.own.length, rest.others.length)),
    averagePrecision: mean === null ? null : metricOf(clopperPearson(mean, support)),
  };
}

interface PerClass {
  readonly rests: readonly OneAgainstRest[];
  readonly classes: Measures["classes"];
}

function averagesOf(scores: Scores, tally: Tally, agreement: Agreement, perClass: PerClass): Measures["averages"] {
  const micro = metricOf(wilson(tally.hits, tally.photos));
  const all = allAgainstRest(scores);
  const areas = meanRocAucs(scores, perClass);
  return {
    macro: {
      precision: agreement.macroPrecision,
      recall: agreement.macroRecall,
      f1: metricOf(macroF1Of(tally)),
      rocAuc: areas.macro,
      averagePrecision: meanOf(perClass.classes, "averagePrecision", () => 1),
    },
    micro: {
      ...{ precision: micro, recall: micro, f1: micro },
      ...{ rocAuc: bare(rocAuc(all)), averagePrecision: bare(averagePrecision(all)) },
    },
    weighted: {
      precision: agreement.weightedPrecision,
      recall: micro,
      f1: agreement.weightedF1,
      rocAuc: areas.weighted,
      averagePrecision: meanOf(perClass.classes, "averagePrecision", (support) => support),
    },
  };
}

function macroF1Of({ cells, counts }: Tally): Estimate {
  const confusion = counts.map(() => new Array<number>(counts.length).fill(0));
  for (const { actual, predicted, photos } of cells) (confusion[actual] as number[])[predicted] = photos;
  return macroF1Estimate(confusion);
}

/** Of the classes for which it is defined; without an interval. */
function meanOf(
  classes: Measures["classes"],
  name: "rocAuc" | "averagePrecision",
  weightOf: (support: number) => number,
) {
  let [sum, weights] = [0, 0];
  for (const each of classes) {
    const metric = each[name];
    if (!metric) continue;
    sum += weightOf(each.support) * metric.value;
    weights += weightOf(each.support);
  }
  return bare(weights ? sum / weights : null);
}

/** With intervals by what each photo adds to them (DeLong et al. 1988): as many trials as leave a share as uncertain. */
function meanRocAucs(scores: Scores, { rests, classes }: PerClass): Record<"macro" | "weighted", Metric | null> {
  const [macro, weighted] = [meanOf(classes, "rocAuc", () => 1), meanOf(classes, "rocAuc", (support) => support)];
  if (!macro || !weighted) return { macro, weighted };
  const areas = classes.map(({ rocAuc: area }) => area?.value ?? null);
  const supports = classes.flatMap(({ support }) => (support ? [support] : []));
  const [count, photos] = [supports.length, scores.photos.length];
  let [ofMacro, ofWeighted] = [0, 0];
  for (let at = 0; at < photos; at++) {
    let [inMacro, inWeighted] = [0, 0];
    for (const [label, rest] of rests.entries()) {
      const area = areas[label] ?? null;
      if (area === null) continue;
      const isOwn = scores.labels[at] === label;
      const placement = rocPlacement(rest, isOwn, probabilityOf(scores, at, label));
      const influence = (placement - area) / (isOwn ? rest.own.length : rest.others.length);
      inMacro += influence / count;
      inWeighted += (influence * rest.own.length) / photos;
    }
    ofMacro += inMacro ** 2;
    ofWeighted += inWeighted ** 2;
  }
  const most = mostTrials(supports);
  return {
    macro: metricOf(effectiveShare(macro.value, ofMacro, most)),
    weighted: metricOf(effectiveShare(weighted.value, ofWeighted, most)),
  };
}

function metricOf({ value, low, high }: Estimate): Metric {
  return { value, interval: { low, high } };
}

function intervalOf(estimate: Estimate | null): Metric["interval"] {
  return estimate && { low: estimate.low, high: estimate.high };
}

function bare(value: number | null): Metric | null {
  return value === null ? null : { value, interval: null };
}
