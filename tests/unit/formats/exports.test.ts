import { expect, test } from "vitest";
import { limitInWords } from "../../../src/app/words/exports.ts";
import { words } from "../../../src/app/words/words.ts";
import { EXPORT_WRITERS } from "../../../src/formats/models/exports.ts";
import { EXPORT_NAMES, type ExportedInput, isExportFormat, limitsOf } from "../../../src/network/exports.ts";

const said = (input: ExportedInput) =>
  limitsOf("teachable-machine", input).map((limit) => limitInWords(words.exports.limits, limit, input));

test("what Teachable Machine's readers do otherwise than the classifier is said, and nothing else", () => {
  expect(said({ side: 224, crop: "center" })).toEqual([]);
  expect(said({ side: 160, crop: "center" })).toEqual([
    "ml5 takes photos of 224 pixels only; this model takes 160. Teachable Machine’s own library reads it.",
  ]);
  expect(said({ side: 224, crop: "squash" })).toEqual([
    "Its readers cut out the centre of each photo, while this model was trained on whole photos.",
  ]);
  expect(limitsOf("tfjs", { side: 160, crop: "squash" })).toEqual([]);
});

test("where a classifier answers “none of these”, each export says whether its readers do", () => {
  const input = { side: 224, crop: "center", rejects: true } as const;
  const codes = EXPORT_NAMES.filter(isExportFormat).map((name) => [
    name,
    limitsOf(name, input).map(({ code }) => code),
  ]);
  expect(Object.fromEntries(codes)).toMatchObject({
    "teachable-machine": ["rejection/left-out"],
    tfjs: ["rejection/unread"],
    onnx: ["rejection/unread"],
  });
  expect(limitsOf("project", input)).toEqual([]);
  expect(said(input)).toEqual([
    "It cannot hold “None of these”: its readers answer every photo with one of the classes.",
  ]);
});

test("every export that holds a classifier has a writer", () => {
  expect(Object.keys(EXPORT_WRITERS)).toEqual(EXPORT_NAMES.filter(isExportFormat));
});
