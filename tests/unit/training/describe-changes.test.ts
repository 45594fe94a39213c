import { expect, test } from "vitest";
import { describeChanges } from "../../../src/training/describe-changes.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

test("only what differs is said, by the names on the page", () => {
  expect(describeChanges(DEFAULT_SETTINGS)).toEqual([]);
  expect(
    describeChanges({ ...DEFAULT_SETTINGS, epochs: 40, hiddenLayers: [128, 64], fineTune: true, augmentation: "flip" }),
  ).toEqual(["Epochs 40", "Hidden layers 128, 64", "Augmentation flip", "Fine-tuned"]);
});
