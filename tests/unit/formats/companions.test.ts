/** What lies beside an exported model: labels, how photos are fed, samples and a README. */
import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { companions } from "../../../src/formats/models/companions.ts";
import type { ExportFormat } from "../../../src/network/exports.ts";
import type { Classifier } from "../../../src/network/model.ts";
import { PREPROCESSING, smallBase } from "../../fixtures/small-base.ts";

const CLASSIFIER: Classifier = {
  name: "Garden birds",
  classNames: ["wren", "tit “blue”"],
  preprocessing: { ...PREPROCESSING, crop: "squash", channelOrder: "BGR" },
  network: smallBase(),
};
const { height, width } = PREPROCESSING;
const PIXELS = Uint8Array.from({ length: height * width * 3 }, (_, at) => at % 251);
const SAMPLES = [{ pixels: PIXELS, probabilities: [0.123456789, 0.876543211] }];

async function filesOf(format: ExportFormat): Promise<Map<string, Uint8Array>> {
  return new Map((await companions(format, CLASSIFIER, SAMPLES)).map(({ path, bytes }) => [path, bytes]));
}

async function textOf(format: ExportFormat, path: string): Promise<string> {
  return new TextDecoder().decode((await filesOf(format)).get(path));
}

test("samples are pictures of the size that the model takes, with every pixel as it was", async () => {
  const files = await filesOf("keras");
  expect([...files.keys()]).toEqual([
    "README.md",
    "labels.txt",
    "preprocess.json",
    "samples.json",
    "samples/sample-1.png",
  ]);
  expect(await textOf("keras", "labels.txt")).toBe("wren\ntit “blue”\n");
  expect(JSON.parse(await textOf("keras", "samples.json"))).toEqual([
    { file: "samples/sample-1.png", probabilities: [0.1234568, 0.8765432] },
  ]);
  // A chunk of stored rows, each behind a byte that says that it is not filtered.
  const png = Buffer.from(files.get("samples/sample-1.png") ?? []);
  const [start, length] = [png.indexOf("IDAT") + 4, png.readUInt32BE(png.indexOf("IDAT") - 4)];
  const rows = inflateSync(png.subarray(start, start + length));
  const found = Array.from({ length: height }, (_, y) => [
    ...rows.subarray(y * (3 * width + 1) + 1, (y + 1) * (3 * width + 1)),
  ]);
  expect(found.flat()).toEqual([...PIXELS]);
});

test.each([
  ["keras", { channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0], crop: "squash" }],
  ["onnx", { channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0], crop: "squash" }],
  ["tflite", { channelOrder: "RGB", scale: [1, 1, 1], offset: [0, 0, 0], crop: "squash" }],
  ["tfjs", { channelOrder: "BGR", scale: PREPROCESSING.scale, offset: [-1, -1, -1], crop: "squash" }],
  [
    "teachable-machine",
    { channelOrder: "RGB", scale: [1 / 127, 1 / 127, 1 / 127], offset: [-1, -1, -1], crop: "center" },
  ],
] as const)("preprocess.json of %s says what is left to do for whoever feeds it", async (format, expected) => {
  expect(JSON.parse(await textOf(format, "preprocess.json"))).toEqual({ height, width, layout: "NHWC", ...expected });
});

test("a README without samples has no program that needs them", async () => {
  const [readme] = await companions("onnx", CLASSIFIER, []);
  const text = new TextDecoder().decode(readme?.bytes);
  expect(text).toContain("# Garden birds");
  expect(text).not.toContain("```");
});
