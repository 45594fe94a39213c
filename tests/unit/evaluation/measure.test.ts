/** All metrics, against scikit-learn's (`make_metric_fixtures.py`). */
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { measure } from "../../../src/evaluation/measure.ts";
import { AVERAGES, CLASS_METRICS, type Metric, OVERALL_METRICS } from "../../../src/evaluation/measures.ts";
import { thresholdPoints } from "../../../src/evaluation/ranking.ts";
import { oneAgainstRest, type Scores } from "../../../src/evaluation/scores.ts";
import worlds from "../../fixtures/metric-worlds.json" with { type: "json" };
import cases from "../../fixtures/metrics.json" with { type: "json" };

type Case = (typeof cases)[number];

const scoresOf = ({ labels, probabilities, classes }: Pick<Case, "labels" | "probabilities" | "classes">): Scores => ({
  ...{ labels, probabilities, classes },
  photos: labels.map((_, at) => `photo-${at}`),
});

function measured(scores: Scores) {
  const measures = measure(scores);
  if (!measures) throw new Error("Nothing was measured.");
  return measures;
}

/** To 1e-9, and inside its interval where it has one. */
function expectMetric(metric: Metric | null, expected: number | null, name: string): void {
  if (expected === null) {
    expect(metric, name).toBeNull();
    return;
  }
  expect(Math.abs((metric?.value ?? Number.NaN) - expected), `${name}: ${metric?.value}, not ${expected}`).toBeLessThan(
    1e-9,
  );
  const { low, high } = metric?.interval ?? { low: expected, high: expected };
  expect(low, name).toBeLessThanOrEqual(expected + 1e-9);
  expect(high, name).toBeGreaterThanOrEqual(expected - 1e-9);
}

describe.each(cases)("scikit-learn's metrics: $name", (given) => {
  const measures = measured(scoresOf(given));

  test("of all classes together", () => {
    for (const name of OVERALL_METRICS) expectMetric(measures.overall[name], given.overall[name], name);
    expect(measures.topK.map(({ k }) => k)).toEqual(given.topK.map(({ k }) => k));
    for (const [at, { k, value }] of given.topK.entries())
      expectMetric(measures.topK[at]?.metric ?? null, value, `top ${k}`);
  });

  test.each(AVERAGES)("%s", (average) => {
    for (const name of CLASS_METRICS)
      expectMetric(measures.averages[average][name], given.averages[average][name], name);
  });

  test("per class", () => {
    expect(measures.classes.map(({ support }) => support)).toEqual(given.perClass.map(({ support }) => support));
    for (const [label, expected] of given.perClass.entries()) {
      for (const name of CLASS_METRICS)
        expectMetric(measures.classes[label]?.[name] ?? null, expected[name], `${name} of ${label}`);
    }
  });

  test("the ROC curve of the first class", () => {
    if (!given.roc) return;
    const { own, others } = oneAgainstRest(scoresOf(given), 0);
    const points = thresholdPoints({ own, others }).slice(1);
    const [falsePositives = [], truePositives = []] = given.roc;
    expect(points).toHaveLength(falsePositives.length);
    for (const [at, { hits, falseAlarms }] of points.entries()) {
      expect(falseAlarms / others.length).toBeCloseTo(falsePositives[at] ?? Number.NaN, 9);
      expect(hits / own.length).toBeCloseTo(truePositives[at] ?? Number.NaN, 9);
    }
  });
});

test("nothing is said of no photos", () => {
  expect(measure({ photos: [], labels: [], probabilities: [], classes: 3 })).toBeNull();
});

test.each([
  ["no number", [Number.NaN, 1], [0]],
  ["above 1", [1.5, 0], [0]],
  ["below 0", [-0.1, 1.1], [0]],
  ["missing", [1], [0]],
  ["of a class that there is not", [0.5, 0.5], [2]],
])("what is %s is refused", (_, probabilities, labels) => {
  expect(() => measure({ photos: ["a"], labels, probabilities, classes: 2 })).toThrow(RangeError);
});

/** Photos of an independent world: normal scores, of which that of the own class is higher by `skill`. */
function drawnScores({ classes, perClass, skill }: World, random: () => number): Scores {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const labels = Array.from({ length: classes * perClass }, (_, at) => at % classes);
  const probabilities = labels.flatMap((own) => {
    const powers = Array.from({ length: classes }, (_, label) => Math.exp(normal() + (label === own ? skill : 0)));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
  return { photos: labels.map(String), labels, probabilities, classes };
}

type World = Pick<(typeof worlds)[number], "classes" | "perClass" | "skill">;

describe("intervals", () => {
  const SETS = 60;
  /** A coverage of 0.93, less what so few test sets may miss it by: three standard errors. */
  const least = 0.93 - 3 * Math.sqrt((0.93 * 0.07) / SETS);

  test.each(worlds)("cover the truth of $classes classes with $perClass photos each, skill $skill", (world) => {
    const random = createRandom(world.classes * 1000 + world.perClass);
    const covered = new Map<string, number>();
    for (let set = 0; set < SETS; set++) {
      const { overall, averages, classes } = measured(drawnScores(world, random));
      const found: Record<string, Metric | null | undefined> = { ...overall };
      for (const name of CLASS_METRICS) {
        found[`macro ${name}`] = averages.macro[name];
        found[`weighted ${name}`] = averages.weighted[name];
        found[`class ${name}`] = classes[0]?.[name];
      }
      for (const [name, truth] of Object.entries(world.truth)) {
        const metric = found[name];
        if (world.classes * world.perClass < 50 && /^(logLoss|brier)$/.test(name)) {
          expect(metric?.interval).toBeNull();
          continue;
        }
        // A class that is never called has no precision, and says so.
        const { low, high } = metric === null ? { low: 0, high: 1 } : (metric?.interval ?? { low: 1, high: 0 });
        covered.set(name, (covered.get(name) ?? 0) + (low <= truth && truth <= high ? 1 / SETS : 0));
      }
    }
    for (const [name, coverage] of covered) expect(coverage, name).toBeGreaterThanOrEqual(least);
    const all = [...covered.values()];
    expect(all.reduce((sum, each) => sum + each, 0) / all.length).toBeGreaterThanOrEqual(0.94);
  });
});

test("a thousand classes are measured in one go", () => {
  const labels = Array.from({ length: 1000 }, (_, at) => at);
  const probabilities = new Float32Array(1000 * 1000);
  for (const [at, label] of labels.entries()) {
    probabilities[at * 1000 + label] = 0.6;
    probabilities[at * 1000 + ((label + 7) % 1000)] = at % 2 ? 0.3 : 0.65;
  }
  const { overall, classes, answers } = measured({ photos: labels.map(String), labels, probabilities, classes: 1000 });
  expect(overall.accuracy?.value).toBe(0.5);
  expect(classes).toHaveLength(1000);
  expect(answers).toHaveLength(1000);
});
