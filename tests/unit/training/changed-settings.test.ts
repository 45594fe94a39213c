import { expect, test } from "vitest";
import { changeInWords } from "../../../src/app/words/settings.ts";
import { words } from "../../../src/app/words/words.ts";
import { changedSettings } from "../../../src/training/changed-settings.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";

const changes = (settings: TrainingSettings) =>
  changedSettings(settings).map((name) => changeInWords(words.settings, name, settings[name]));

test("only what differs is said, by the names on the page", () => {
  expect(changes(DEFAULT_SETTINGS)).toEqual([]);
  expect(
    changes({ ...DEFAULT_SETTINGS, epochs: 40, hiddenLayers: [128, 64], fineTune: true, augmentation: "flip" }),
  ).toEqual(["Epochs 40", "Hidden layers 128, 64", "Augmentation flip", "Fine-tuned"]);
});

test("numbers are said as one types them, and a run from before a setting came says nothing of it", () => {
  const { folds: _, ...older } = { ...DEFAULT_SETTINGS, fineTuneLearningRate: 1e-7, batchSize: 1024, inputSize: 128 };
  expect(changes(older as TrainingSettings)).toEqual([
    "Input size 128",
    "Batch size 1024",
    "Fine-tuning learning rate 0.0000001",
  ]);
});
