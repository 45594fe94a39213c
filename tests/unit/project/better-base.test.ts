/** When a modest result is put down to the base model, with the measurements of the card that ships with the app. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { wilson } from "../../../src/evaluation/intervals.ts";
import { betterBase } from "../../../src/project/better-base.ts";
import type { Run } from "../../../src/project/run.ts";
import { DEFAULT_SETTINGS, type TrainingSettings } from "../../../src/training/settings.ts";
import { CardFile } from "../../../src/worker/card-file.ts";

const folder = new URL("../../../public/models/", import.meta.url);
const card = v.parse(CardFile, JSON.parse(readFileSync(new URL("card.json", folder), "utf8")));
const shipped = { id: "lite0", name: card.name, side: 224, measured: card.measured };

interface Case {
  readonly base?: Partial<Run["baseModel"]>;
  readonly settings?: Partial<TrainingSettings>;
  readonly right?: number;
  readonly tested?: number;
  readonly trainAccuracy?: number;
  readonly side?: number;
}

/** By default 80 of 100 right with MobileNetV2 0.35, whose head knew every photo that it learned from. */
function aRun({ base, settings, right = 80, tested = 100, trainAccuracy = 1, side = 224 }: Case): Run {
  const epoch = { epoch: 3, trainLoss: 0.1, validationLoss: 0.5, trainAccuracy, validationAccuracy: 0.8 };
  return {
    baseModel: { id: "other", name: "MobileNetV2 0.35", ...base },
    settings: { ...DEFAULT_SETTINGS, ...settings },
    outcome: { reason: "early", epochs: 9, bestEpoch: 3, headEpochs: 9, history: [epoch] },
    metrics: tested ? { accuracy: wilson(right, tested), macroF1: null } : null,
    classifier: { inputSize: { height: side, width: side } },
  } as unknown as Run;
}

describe("another base model is better", () => {
  // Means of the rows in the card's table.
  test.each([
    ["MobileNetV2 0.35", { base: {} }, 0.7825],
    ["MobileNetV2 1.00", { base: { name: "MobileNetV2 1.00" } }, 0.797],
    [
      "the one that shipped before, by its id",
      { base: { id: "4558156d6a3ad8ba", name: "Built in" }, side: 96 },
      0.6505,
    ],
    ["one that was given smaller photos than were measured", { settings: { inputSize: 160 } }, 0.7825],
  ])("than %s", (_, run, own) => {
    const found = betterBase(aRun(run), shipped);
    expect(found).toMatchObject({ kind: "base", name: "EfficientNet-Lite0" });
    expect(found?.own).toBeCloseTo(own, 6);
    expect(found?.theirs).toBeCloseTo(0.84275, 6);
  });

  test.each([
    ["the result may well be above 95 %", { right: 92 }],
    ["few photos say little", { right: 9, tested: 10 }],
    ["nothing was tested", { tested: 0 }],
    ["the base was fine-tuned", { settings: { fineTune: true } }],
    ["the base was never measured", { base: { name: "ResNet50" } }],
    ["it was measured with smaller photos only", { base: { name: "MobileNetV2 0.50" } }],
    ["it is the one that ships", { base: { id: "lite0", name: "EfficientNet-Lite0" } }],
  ])("not where %s", (_, run) => {
    expect(betterBase(aRun(run), shipped)).toBeNull();
  });
});

describe("larger photos", () => {
  const own = { id: "lite0", name: "EfficientNet-Lite0" };
  test("are better by a point, which is said where the head could not tell apart even what it learned from", () => {
    const smaller = { base: own, settings: { inputSize: 160 } };
    expect(betterBase(aRun({ ...smaller, trainAccuracy: 0.9 }), shipped)).toEqual({
      ...{ kind: "side", side: 224 },
      ...{ theirs: 0.85, own: 0.84 },
    });
    expect(betterBase(aRun(smaller), shipped)).toBeNull();
  });

  test("are no better than 192 pixels, or than a size that was not measured", () => {
    for (const inputSize of [192, 96, 256]) {
      expect(betterBase(aRun({ base: own, settings: { inputSize }, trainAccuracy: 0.9 }), shipped)).toBeNull();
    }
  });
});

test("the card and its README say the same", () => {
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  const rows = readme.split("\n").filter((line) => line.startsWith("|"));
  const { models, sides } = card.measured;
  for (const { name, side, msPerPhoto, accuracies } of models) {
    const called = name === card.name ? "this one" : name;
    const cells = [`${msPerPhoto} ms`, ...accuracies.map((share) => (100 * share).toFixed(1))].join(" | ");
    const row = rows.find((line) => line.startsWith(`| ${called} at ${side} px`) && line.endsWith(`| ${cells} |`));
    expect(row, name).toBeDefined();
  }
  for (const { side, msPerPhoto, accuracy } of sides) {
    const ending = `| ${msPerPhoto} ms |`;
    const row = rows.find((line) => line.includes(`at ${side} px ${ending}`) && line.endsWith(`| ${100 * accuracy} |`));
    expect(row, `${side} px`).toBeDefined();
  }
});
