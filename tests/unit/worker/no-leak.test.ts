/** Labels that mean nothing are told at chance on photos held out: nothing of these gets into a fit by any way. */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { type Sample, type Split, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import { splitSamples } from "../../../src/dataset/split.ts";
import { matrixOf } from "../../../src/engine/embedding-rows.ts";
import { predictFromEmbeddings } from "../../../src/engine/train-head.ts";
import type { Prediction } from "../../../src/evaluation/report.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";
import { crossValidate, predictionsOf } from "../../../src/worker/training/cross-validation.ts";
import { fitHead, type HeadFitting } from "../../../src/worker/training/head.ts";

const [COUNT, WIDTH, CLASSES] = [400, 48, 4];

beforeAll(() => tf.setBackend("cpu"));

/** Photos in pairs that look nearly the same and have labels of their own; a group keeps each pair together. */
function randomlyLabelled() {
  const random = createRandom(3);
  const values = Float32Array.from({ length: COUNT * WIDTH }, () => Math.max(0, random() - 0.4));
  for (let photo = 1; photo < COUNT; photo += 2) {
    for (let at = photo * WIDTH; at < (photo + 1) * WIDTH; at++) {
      values[at] = (values[at - WIDTH] ?? 0) + 0.01 * random();
    }
  }
  const matrix = matrixOf(values, WIDTH);
  const labels = Int32Array.from({ length: COUNT }, () => Math.floor(random() * CLASSES));
  const samples = Array.from(
    labels,
    (label, at): Sample => ({
      ...UNTOUCHED,
      photo: `${at}`,
      fileName: "",
      classId: `${label}`,
      width: 1,
      height: 1,
      fixedSplit: null,
      looks: null,
    }),
  );
  const groups = Array.from({ length: COUNT / 2 }, (_, at) => [`${2 * at}`, `${2 * at + 1}`]);
  const gather: HeadFitting["gather"] = (some) => {
    const rows = Int32Array.from(some, ({ photo }) => Number(photo));
    return {
      photos: some.map(({ photo }) => photo),
      rows: { matrix, rows, labels: rows.map((row) => labels[row] ?? 0) },
    };
  };
  const classes = Array.from({ length: CLASSES }, (_, at) => ({ id: `${at}`, name: `${at}` }));
  return { dataset: { classes, samples }, groups, gather, matrix };
}

function expectChance(predictions: readonly Prediction[]): void {
  const right = predictions.filter(
    ({ probabilities, actual }) => probabilities.indexOf(Math.max(...probabilities)) === actual,
  );
  const share = right.length / predictions.length;
  const error = Math.sqrt(((1 / CLASSES) * (1 - 1 / CLASSES)) / predictions.length);
  expect(Math.abs(share - 1 / CLASSES)).toBeLessThan(3 * error);
}

const HEADS: readonly [string, Partial<TrainingSettings>][] = [
  ["a head that is solved", {}],
  ["a head trained by gradient", { solver: "gradient", epochs: 30 }],
  ["a head with a hidden layer", { hiddenLayers: [16], epochs: 4 }],
];

test.each(HEADS)("%s tells random labels of test photos at chance", async (_, change) => {
  const { dataset, groups, gather, matrix } = randomlyLabelled();
  const settings = { ...DEFAULT_SETTINGS, ...change, testShare: 0.5 };
  const splits = splitSamples(dataset, settings, groups);
  const part = (split: Split) => dataset.samples.filter(({ photo }) => splits.get(photo) === split);
  const { head, again } = await fitHead({
    ...{ settings, groups, gather, features: WIDTH, classes: CLASSES, refits: true },
    samples: { train: part("train"), validation: part("validation") },
    random: createRandom(settings.seed),
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: new AbortController().signal,
  });
  const held = gather(part("test"), "test");
  for (const each of [head, again ?? head]) {
    expectChance(predictionsOf(held, await predictFromEmbeddings(each, matrix, held.rows.rows)));
  }
});

test.each(HEADS.slice(0, 2))("%s tells random labels at chance by cross-validation", async (_, change) => {
  const { dataset, groups, gather } = randomlyLabelled();
  const predictions = await crossValidate({
    ...{ dataset, groups, gather, features: WIDTH, classes: CLASSES },
    settings: { ...DEFAULT_SETTINGS, ...change, folds: 3 },
    earlierFolds: [],
    onFold: () => undefined,
    onFoldOver: () => undefined,
    signal: new AbortController().signal,
  });
  expect(predictions).toHaveLength(COUNT);
  expectChance(predictions);
});
