import { describe, expect, test } from "vitest";
import { type Curves, curveMeaning } from "../../../src/training/curve-meaning.ts";

/** Epochs with the losses given; the accuracies fit them roughly. */
function curves(train: readonly number[], validation: readonly number[], more: Partial<Curves> = {}): Curves {
  const history = train.map((trainLoss, at) => ({
    epoch: at + 1,
    trainLoss,
    validationLoss: validation[at] ?? Number.NaN,
    trainAccuracy: Math.exp(-trainLoss),
    validationAccuracy: Math.exp(-(validation[at] ?? 0)),
  }));
  const bestEpoch = validation.indexOf(Math.min(...validation)) + 1;
  const settings = { augmentation: "none", dropout: 0 } as const;
  return {
    ...{ history, bestEpoch, headEpochs: train.length, reason: "early", settings, classes: 2, validationPhotos: 100 },
    ...more,
  };
}

const FALLING = [0.6, 0.45, 0.36, 0.3, 0.26, 0.23, 0.21, 0.2, 0.195, 0.192];

describe("what curves mean", () => {
  test("overfitting, since the epoch after which the validation loss rose while the training loss fell", () => {
    const validation = [0.62, 0.5, 0.44, 0.42, 0.45, 0.49, 0.52, 0.56, 0.6, 0.65];
    expect(curveMeaning(curves(FALLING, validation))).toEqual({ meaning: "overfitting", since: 4 });
  });

  test("settled, where the validation loss stays within a tenth of its best", () => {
    const validation = [0.62, 0.5, 0.44, 0.42, 0.41, 0.4, 0.401, 0.403, 0.404, 0.405];
    expect(curveMeaning(curves(FALLING, validation))).toEqual({ meaning: "settled" });
  });

  test("still improving, where the last epoch was reached and still the best by far; early stopping says otherwise", () => {
    const [train, validation] = [FALLING.slice(0, 6), [0.62, 0.5, 0.42, 0.36, 0.32, 0.29]];
    expect(curveMeaning(curves(train, validation, { reason: "finished" }))).toEqual({ meaning: "still-improving" });
    expect(curveMeaning(curves(train, validation, { reason: "early" }))).toEqual({ meaning: "settled" });
  });

  test("a learning rate that is too high, where the loss swings or ends above its start", () => {
    const swinging = [0.9, 2.1, 0.8, 1.9, 0.7, 2.3, 0.9, 1.8];
    expect(curveMeaning(curves(swinging, swinging))).toEqual({ meaning: "rate-too-high", tuning: false });
    const rising = [0.7, 0.9, 0.95, 1, 1.02, 1.05];
    expect(curveMeaning(curves(rising, rising))).toEqual({ meaning: "rate-too-high", tuning: false });
    // Its swings are of no matter near zero.
    const tiny = [0.5, 0.1, 0.02, 0.01, 0.02, 0.01, 0.02, 0.01];
    expect(curveMeaning(curves(tiny, tiny))).toEqual({ meaning: "settled" });
  });

  test("nothing learned, where the loss is that of the same answer for all: ln 2 for two classes", () => {
    const guess = [0.695, 0.6945, 0.694, 0.692, 0.6915, 0.691];
    expect(curveMeaning(curves(guess, guess))).toEqual({ meaning: "nothing-learned", solved: false });
    // For ten classes, of which a guess costs ln 10, it is much.
    expect(curveMeaning(curves(guess, guess, { classes: 10 }))).not.toMatchObject({ meaning: "nothing-learned" });
    // Without a learning rate, a higher one is no advice.
    const solved = { l2: 0.1, chosenBy: "validation" } as const;
    expect(curveMeaning(curves(guess, guess, { solved }))).toEqual({ meaning: "nothing-learned", solved: true });
  });

  test.each([
    ["augmentation", { settings: { augmentation: "flip", dropout: 0.5 } }],
    ["dropout", { settings: { augmentation: "none", dropout: 0.5 } }],
    ["few-photos", { validationPhotos: 12 }],
    ["alike", {}],
  ] as const)("validation photos that are easier, for %s", (reason, more) => {
    const validation = FALLING.map((loss) => loss / 2);
    expect(curveMeaning(curves(FALLING, validation, more))).toEqual({ meaning: "validation-easier", reason });
  });

  test("where fine-tuning followed, of its own epochs", () => {
    const train = [...FALLING.slice(0, 5), 0.5, 1.1, 0.4, 1, 0.5, 1.2];
    const validation = [...FALLING.slice(0, 5), 0.6, 0.7, 0.6, 0.8, 0.7, 0.9];
    expect(curveMeaning(curves(train, validation, { headEpochs: 5 }))).toEqual({
      meaning: "rate-too-high",
      tuning: true,
    });
  });

  test("nothing of few epochs, or without validation photos", () => {
    expect(curveMeaning(curves(FALLING.slice(0, 4), FALLING.slice(0, 4)))).toBeNull();
    expect(curveMeaning(curves(FALLING, FALLING, { validationPhotos: 0 }))).toBeNull();
  });
});
