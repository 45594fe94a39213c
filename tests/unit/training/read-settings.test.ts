import { describe, expect, test } from "vitest";
import { checkSettings } from "../../../src/training/check-settings.ts";
import { readSettings } from "../../../src/training/read-settings.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { typedValue } from "../../../src/training/typed-setting.ts";

describe("settings that were kept", () => {
  test("are read as they are", () => {
    const kept = { ...DEFAULT_SETTINGS, epochs: 7, hiddenLayers: [128, 64], inputSize: 128, optimizer: "sgd" };
    expect(readSettings(kept)).toEqual(kept);
  });

  test.each([
    ["an emptied box", { epochs: null, patience: 5 }],
    ["an emptied box in this browser's storage", { epochs: Number.NaN, patience: 5 }],
    ["a number out of its range", { testShare: 0.95, patience: 5 }],
    ["half a number where a whole one is needed", { batchSize: 1.5, patience: 5 }],
    ["layers that are none", { hiddenLayers: [null], patience: 5 }],
    ["a choice that there is not", { optimizer: "lion", patience: 5 }],
    ["a size that no base model takes", { inputSize: -1, patience: 5 }],
    ["shares that leave nothing to train on", { validationShare: 0.8, testShare: 0.8, patience: 5 }],
    ["one fold", { folds: 1, patience: 5 }],
  ])("with %s keep the others", (_, kept) => {
    expect(readSettings(kept)).toEqual({ ...DEFAULT_SETTINGS, solver: "gradient", patience: 5 });
  });

  test("from when every head was trained by gradient keep that", () => {
    expect(readSettings({ epochs: 40 })).toEqual({ ...DEFAULT_SETTINGS, solver: "gradient", epochs: 40 });
    expect(readSettings({ solver: "automatic" }).solver).toBe("automatic");
  });

  test("from when there was one hidden layer at most keep it", () => {
    expect(readSettings({ hiddenUnits: 64 }).hiddenLayers).toEqual([64]);
    expect(readSettings({ hiddenUnits: 0 }).hiddenLayers).toEqual([]);
  });
});

test.each([
  ["epochs", "12", 12],
  ["epochs", "0", 0],
  ["learningRate", "1e-3", 0.001],
  ["epochs", "", null],
  ["epochs", " ", null],
  ["epochs", "1e", null],
  ["epochs", "Infinity", null],
  ["hiddenLayers", "128, 64", [128, 64]],
  ["hiddenLayers", "128 64,", [128, 64]],
  ["hiddenLayers", "", []],
  ["hiddenLayers", "128, x", null],
] as const)("%s typed as “%s” is %j", (setting, text, value) => {
  expect(typedValue(setting, text)).toEqual(value);
});

test("a box that holds no value is a problem, whatever was there before", () => {
  expect(checkSettings(DEFAULT_SETTINGS, ["epochs"])).toEqual([
    { code: "setting/out-of-range", setting: "epochs", min: 1, max: 1000, whole: true },
  ]);
});
