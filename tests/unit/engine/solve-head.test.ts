/** A head of one layer that is solved, against scikit-learn's logistic regression (tests/fixtures/make_logistic.py). */
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { choosePenalty } from "../../../src/engine/choose-penalty.ts";
import { type DesignMatrix, RowsDesign } from "../../../src/engine/design-matrix.ts";
import { DeviceDesign } from "../../../src/engine/device-design.ts";
import { inOrder, matrixOf } from "../../../src/engine/embedding-rows.ts";
import { LogisticFit } from "../../../src/engine/logistic.ts";
import { type HeadSolving, solveHead } from "../../../src/engine/solve-head.ts";
import { SpanDesign } from "../../../src/engine/span-design.ts";
import { standardScaleOf } from "../../../src/engine/standard-scale.ts";
import { predictFromEmbeddings } from "../../../src/engine/train-head.ts";
import { Pauses } from "../../../src/engine/turns.ts";
import { buildHead } from "../../../src/network/head.ts";
import type { Network } from "../../../src/network/network.ts";
import { balancedClassWeights } from "../../../src/training/class-weights.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import cases from "../../fixtures/logistic.json" with { type: "json" };

const NEVER = new AbortController().signal;

beforeAll(() => tf.setBackend("cpu"));

function given({ embeddings, labels: label, balanced }: (typeof cases)[number]) {
  const width = embeddings[0]?.length ?? 0;
  const labels = Int32Array.from(label);
  const classes = Math.max(...labels) + 1;
  const matrix = matrixOf(Float32Array.from(embeddings.flat()), width);
  const rows = inOrder(labels.length);
  const byClass = balanced ? balancedClassWeights(labels, classes) : null;
  const weights = Float64Array.from(labels, (each) => byClass?.[each] ?? 1);
  return { matrix, rows, labels, classes, weights, width, standard: standardScaleOf(matrix, rows) };
}

type Given = ReturnType<typeof given>;

const DESIGNS: readonly [string, (from: Given) => DesignMatrix | Promise<DesignMatrix>][] = [
  ["by their rows", ({ matrix, rows, standard }) => new RowsDesign(matrix, rows, standard)],
  ["by each other", ({ matrix, rows, standard }) => SpanDesign.of(matrix, rows, standard, new Pauses(NEVER))],
  ["on the device", ({ matrix, rows, standard }) => new DeviceDesign(matrix, rows, standard)],
];

async function probabilitiesOf(head: Network, { matrix, rows }: Pick<Given, "matrix" | "rows">): Promise<number[]> {
  return (await predictFromEmbeddings(head, matrix, rows)).flat();
}

function expectClose(actual: readonly number[], expected: readonly number[], digits: number): void {
  expect(actual).toHaveLength(expected.length);
  for (const [at, value] of actual.entries()) expect(value).toBeCloseTo(expected[at] ?? Number.NaN, digits);
}

describe.each(cases.map((each, at) => [at, each] as const))("case %i", (_, expected) => {
  const from = given(expected);

  test.each(DESIGNS)("photos %s give scikit-learn's objective, loss and choice of penalty", async (__, make) => {
    const before = tf.memory().numTensors;
    const design = await make(from);
    const problem = { ...from, design };
    const { l2, loss, objective } = expected.fixed;
    const fit = new LogisticFit(problem, l2);
    for (let step = 0; step < 200; step++) if ((await fit.step()) < 1e-9) break;
    expect(fit.measure(new Float64Array(from.labels.length).fill(1)).loss).toBeCloseTo(loss, 4);
    const kernel = fit.weights().filter((___, at) => at % (design.width + 1) !== design.width);
    const squares = kernel.reduce((sum, weight) => sum + weight * weight, 0);
    expect(fit.measure(from.weights).loss + l2 * squares).toBeCloseTo(objective, 6);
    const folds = Int32Array.from(expected.folds);
    const chosen = await choosePenalty({ problem, folds, foldCount: 3, features: from.width, signal: NEVER });
    expect(chosen).toBeCloseTo(expected.chosen.l2, 10);
    design.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a solved head gives scikit-learn's probabilities for embeddings as they are", async () => {
    const solved = await solveHead(solving(from, { l2: expected.fixed.l2, balanceClasses: expected.balanced }));
    expect(solved.outcome).toMatchObject({ reason: "converged", solved: { l2: 0.05, chosenBy: "setting" } });
    expect(solved.again).toBeNull();
    expectClose(await probabilitiesOf(solved.head, from), expected.fixed.probabilities.flat(), 2);
  });

  test("its penalty is chosen by the folds, and it is fitted again to all photos", async () => {
    // The last photos are held out; the folds are of all.
    const part = (rows: Int32Array) => ({ rows, labels: from.labels.filter((__, at) => rows.includes(at)) });
    const [train, validation] = [part(from.rows.subarray(0, -4)), part(from.rows.subarray(-4))];
    const { matrix } = from;
    const solved = await solveHead({
      ...solving(from, { balanceClasses: expected.balanced }),
      ...{ train: { matrix, ...train }, validation: { matrix, ...validation } },
      folds: { count: 3, of: Int32Array.from(expected.folds) },
    });
    expect(solved.outcome.solved?.chosenBy).toBe("cross-validation");
    expect(solved.outcome.solved?.l2).toBeCloseTo(expected.chosen.l2, 10);
    if (!solved.again) throw new Error("not fitted again");
    expectClose(await probabilitiesOf(solved.again, from), expected.chosen.probabilities.flat(), 2);
    // The curves are of the head that does not know the validation photos.
    const best = solved.outcome.history[solved.outcome.bestEpoch - 1];
    const own = await predictFromEmbeddings(solved.head, matrix, validation.rows);
    const losses = own.map((each, at) => -Math.log(each[validation.labels[at] ?? 0] ?? 0));
    expect(best?.validationLoss).toBeCloseTo(losses.reduce((sum, each) => sum + each) / losses.length, 4);
  });
});

function solving(
  { matrix, rows, labels, classes, width }: Given,
  change: Partial<HeadSolving["settings"]>,
): HeadSolving {
  const random = createRandom(1);
  return {
    head: buildHead({ features: width, hiddenLayers: [], dropout: 0, classes, random }),
    train: { matrix, rows, labels },
    validation: { matrix, rows: new Int32Array(), labels: new Int32Array() },
    folds: null,
    settings: { ...DEFAULT_SETTINGS, patience: 1000, minDelta: 0, ...change },
    refits: true,
    random,
    onEpoch: () => undefined,
    shouldStop: () => false,
    signal: NEVER,
  };
}

/** Classes that overlap, with as many photos to validate as to train. */
function overlapping(): HeadSolving {
  const random = createRandom(5);
  const [count, width, classes] = [160, 12, 3];
  const labels = Int32Array.from({ length: count }, (_, at) => at % classes);
  const values = Float32Array.from({ length: count * width }, (_, at) => {
    const label = labels[Math.floor(at / width)] ?? 0;
    return (at % width === label ? 0.4 : 0) + random();
  });
  const matrix = matrixOf(values, width);
  const part = (from: number, to: number) => {
    const rows = inOrder(count).subarray(from, to);
    return { matrix, rows, labels: labels.slice(from, to) };
  };
  const { rows } = part(0, count);
  const given = solving({ matrix, rows, labels, classes, width } as Given, {});
  return { ...given, train: part(0, 80), validation: part(80, count), settings: DEFAULT_SETTINGS };
}

describe("the course of a solved head", () => {
  test("is epochs whose best is kept; each goes down", async () => {
    const told: number[] = [];
    const { outcome } = await solveHead({ ...overlapping(), onEpoch: ({ epoch }) => told.push(epoch) });
    expect(told).toEqual(outcome.history.map(({ epoch }) => epoch));
    expect(outcome.epochs).toBe(told.length);
    expect(outcome.headEpochs).toBe(told.length);
    expect(outcome.solved?.chosenBy).toBe("validation");
    expect(["converged", "early"]).toContain(outcome.reason);
  });

  test("is the same each time", async () => {
    expect(await solveHead(overlapping())).toEqual(await solveHead(overlapping()));
  });

  test("ends at the last epoch, and with the user, whose head is not fitted again", async () => {
    const few = { ...overlapping(), settings: { ...DEFAULT_SETTINGS, epochs: 2 } };
    expect((await solveHead(few)).outcome).toMatchObject({ reason: "finished", epochs: 2 });
    const stopped = await solveHead({ ...overlapping(), shouldStop: () => true });
    expect(stopped).toMatchObject({ again: null, outcome: { reason: "user", epochs: 1, bestEpoch: 1 } });
  });

  test("stops early when the validation loss rises, and keeps the best epoch", async () => {
    const { outcome } = await solveHead({
      ...overlapping(),
      settings: { ...DEFAULT_SETTINGS, l2: 1e-6, patience: 2, minDelta: 0 },
    });
    const losses = outcome.history.map(({ validationLoss }) => validationLoss);
    expect(outcome).toMatchObject({ reason: "early", epochs: outcome.bestEpoch + 2 });
    expect(losses[outcome.bestEpoch - 1]).toBe(Math.min(...losses));
  });

  test("is broken off when nobody wants it any more", async () => {
    const aborted = new AbortController();
    const abort = { ...overlapping(), onEpoch: () => aborted.abort(), signal: aborted.signal };
    await expect(solveHead(abort)).rejects.toThrow(/abort/i);
  });

  test("of photos that are all the same ends at once, with each class as likely as it is common", async () => {
    const same = overlapping();
    const matrix = matrixOf(new Float32Array(160 * 12).fill(0.5), 12);
    const of = ({ rows, labels }: HeadSolving["train"]) => ({ matrix, rows, labels });
    const solved = await solveHead({ ...same, train: of(same.train), validation: of(same.validation) });
    const [first] = await predictFromEmbeddings(solved.again ?? solved.head, matrix, inOrder(1));
    expectClose(first ?? [], [54 / 160, 53 / 160, 53 / 160], 3);
  });
});

test("random labels are told at chance, whatever the penalty is chosen by", async () => {
  const [width, classes, learned, tested] = [64, 4, 120, 400];
  const random = createRandom(11);
  const count = learned + tested;
  const matrix = matrixOf(
    Float32Array.from({ length: count * width }, () => Math.max(0, random() - 0.4)),
    width,
  );
  const labels = Int32Array.from({ length: count }, () => Math.floor(random() * classes));
  const part = (from: number, to: number) => ({
    ...{ matrix, rows: inOrder(count).subarray(from, to), labels: labels.slice(from, to) },
  });
  const base = solving({ matrix, rows: inOrder(count), labels, classes, width } as Given, {});
  const folds = { count: 5, of: Int32Array.from({ length: learned }, (_, at) => at % 5) };
  for (const by of [folds, null]) {
    const { head, again } = await solveHead({
      ...{ ...base, train: part(0, 100), validation: part(100, learned), settings: DEFAULT_SETTINGS },
      folds: by,
    });
    const found = await predictFromEmbeddings(again ?? head, matrix, part(learned, count).rows);
    const right = found.filter((each, at) => each.indexOf(Math.max(...each)) === labels[learned + at]).length / tested;
    // Three standard errors of a quarter of 400.
    expect(Math.abs(right - 1 / classes)).toBeLessThan(0.065);
    // Nor is it sure of anything.
    const sure = found.reduce((sum, each) => sum + Math.max(...each), 0) / tested;
    expect(sure).toBeLessThan(0.5);
  }
});
