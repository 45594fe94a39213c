import { describe, expect, test } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { checkSettings } from "../../../src/training/check-settings.ts";
import { balancedClassWeights } from "../../../src/training/class-weights.ts";
import { createEarlyStopping } from "../../../src/training/early-stopping.ts";
import { learningRateAt } from "../../../src/training/learning-rate.ts";
import { DEFAULT_SETTINGS, type Schedule } from "../../../src/training/settings.ts";
import keras from "../../fixtures/early-stopping.json" with { type: "json" };

describe("early stopping", () => {
  const LOSS = { monitor: "loss", warmUp: 0 } as const;
  const told = (epoch: number, validationLoss: number, validationAccuracy = 0.5) => ({
    ...{ epoch, validationLoss, validationAccuracy },
  });
  const course = (losses: number[], options: { patience: number; minDelta: number }) => {
    const stopping = createEarlyStopping({ ...LOSS, ...options });
    return losses.map((loss, at) => stopping.update(told(at + 1, loss)));
  };

  test("waits `patience` epochs after the best one", () => {
    const states = course([1, 0.5, 0.6, 0.4, 0.7, 0.8], { patience: 2, minDelta: 0 });
    expect(states.map(({ shouldStop }) => shouldStop)).toEqual([false, false, false, false, false, true]);
    expect(states.at(-1)).toMatchObject({ bestEpoch: 4, sinceBest: 2 });
  });

  test("a fall of no more than `minDelta` is no improvement", () => {
    const states = course([1, 0.95, 0.85], { patience: 5, minDelta: 0.1 });
    expect(states.map(({ improved }) => improved)).toEqual([true, false, true]);
  });

  test("goes on from what it remembers as if it had not stopped", () => {
    const losses = [1, 0.5, 0.6, 0.4, 0.7, 0.8];
    const options = { ...LOSS, patience: 2, minDelta: 0.05 };
    const whole = course(losses, options);
    const first = createEarlyStopping(options);
    losses.slice(0, 3).forEach((loss, at) => {
      first.update(told(at + 1, loss));
    });
    expect(first.after(3)).toEqual({ shouldStop: false, bestEpoch: 2, sinceBest: 1 });
    const second = createEarlyStopping(options, first.memory());
    expect(losses.slice(3).map((loss, at) => second.update(told(at + 4, loss)))).toEqual(whole.slice(3));
  });

  test.each(keras.map((each, at) => [at, each] as const))("ends as Keras's own does: training %i", (_, training) => {
    const { validationLoss, validationAccuracy, bestEpoch, stoppedEarly, monitor, ...options } = training;
    const stopping = createEarlyStopping({ ...options, monitor: monitor === "loss" ? "loss" : "accuracy" });
    const states = validationLoss.map((loss, at) => stopping.update(told(at + 1, loss, validationAccuracy[at])));
    expect(states.map(({ shouldStop }) => shouldStop)).toEqual(
      states.map((__, at) => stoppedEarly && at === states.length - 1),
    );
    expect(states.at(-1)?.bestEpoch).toBe(bestEpoch);
    expect(training.restoredLoss).toBeCloseTo(validationLoss[bestEpoch - 1] ?? Number.NaN, 4);
  });

  test("a loss that is no number is no improvement", () => {
    expect(course([1, Number.NaN], { patience: 1, minDelta: 0 }).at(-1)).toMatchObject({
      shouldStop: true,
      bestEpoch: 1,
    });
  });
});

describe("sentences", () => {
  const outcome = { epochs: 12, bestEpoch: 7, headEpochs: 12 };

  test("while training", () => {
    const latest = { epoch: 9, trainLoss: 0.1, validationLoss: 0.23456, trainAccuracy: 1, validationAccuracy: 0.9 };
    expect(words.train.progress(latest, { bestEpoch: 7, sinceBest: 2, lastEpoch: 50 }, 5)).toBe(
      "Epoch 9 of 50, validation loss 0.2346, best epoch 7, patience 2 of 5",
    );
  });

  test.each([
    ["early", "Stopped early at epoch 12: no improvement for 5 epochs; kept epoch 7"],
    ["finished", "Finished 12 epochs; kept epoch 7"],
    ["user", "Stopped by you; kept epoch 7"],
  ] as const)("at the end: %s", (reason, expected) => {
    expect(words.train.outcome({ ...outcome, reason }, 5)).toBe(expected);
  });
});

describe("settings", () => {
  test("the defaults are fine", () => {
    expect(checkSettings(DEFAULT_SETTINGS)).toEqual([]);
  });

  test.each([
    [{ folds: 1 }, "folds", "Cross-validation needs two folds or more; 0 turns it off."],
    [
      { folds: 5, fineTune: true },
      "folds",
      "Cross-validation works with a frozen base. Turn off fine-tuning, or set the folds to 0.",
    ],
    [{ epochs: 0 }, "epochs", "Epochs must be a whole number from 1 to 1000."],
    [{ epochs: 1.5 }, "epochs", "Epochs must be a whole number from 1 to 1000."],
    [{ learningRate: Number.NaN }, "learningRate", "Learning rate must be a number from 0.000001 to 1."],
    [
      { validationShare: 0.5, testShare: 0.5 },
      "testShare",
      "Validation and test together may take at most 0.9: training needs photos too.",
    ],
  ])("%o", (change, field, message) => {
    const faults = checkSettings({ ...DEFAULT_SETTINGS, ...change });
    expect(faults.map((fault) => ({ field: fault.setting, message: sentence(words.faults, fault) }))).toEqual([
      { field, message },
    ]);
  });
});

describe("the learning rate", () => {
  const rate = (schedule: Schedule, progress: number) => learningRateAt({ learningRate: 0.1, schedule }, progress);

  test("stays where it is set", () => {
    expect(rate("constant", 0.9)).toBe(0.1);
  });

  test("falls along half a cosine", () => {
    expect(rate("cosine", 0)).toBeCloseTo(0.1, 10);
    // cos 60° = 1/2
    expect(rate("cosine", 1 / 3)).toBeCloseTo(0.075, 10);
    expect(rate("cosine", 1)).toBeCloseTo(0, 10);
  });

  test("falls to a tenth twice", () => {
    expect([0.49, 0.5, 0.74, 0.75].map((progress) => Number(rate("step", progress).toFixed(6)))).toEqual([
      0.1, 0.01, 0.01, 0.001,
    ]);
  });
});

test("balanced class weights are scikit-learn's", () => {
  // sklearn.utils.class_weight.compute_class_weight("balanced", classes=[0, 1], y=[1, 1, 1, 1, 0, 0]), of its documentation.
  expect(balancedClassWeights(Int32Array.of(1, 1, 1, 1, 0, 0), 2)).toEqual([1.5, 0.75]);
});

test.each([[[0]], [[2.5]], [[1, 2, 3, 4, 5]], [[Number.NaN]]])("hidden layers %j are refused", (hiddenLayers) => {
  expect(checkSettings({ ...DEFAULT_SETTINGS, hiddenLayers }).map(({ setting }) => setting)).toEqual(["hiddenLayers"]);
});
