/** Data sets whose arrays stand otherwise than most, written by Python (see tests/fixtures/make_rare_sets.py). */
import { expect, test } from "vitest";
import { candidatesIn } from "../../../src/worker/incoming.ts";
import { CORNERS, EXPECTED, pictureIn } from "../../fixtures/packed.ts";
import { dropped, find } from "./finding.ts";

const rare = (...names: readonly string[]) => dropped(...names.map((name) => `rare/${name}`));

test("SVHN: photos numbered by the last index, and label 10 is the digit 0", async () => {
  expect(await find(rare("test_32x32.mat", "train_32x32.mat"))).toEqual({
    photos: [...(EXPECTED["svhn-test"] ?? []), ...(EXPECTED["svhn-train"] ?? [])],
    understood: ["MATLAB arrays: 4 classes."],
    refused: {},
  });
});

test("EMNIST: pictures that stand turned over, and characters as classes", async () => {
  const files = ["mapping.txt", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"];
  expect(await find(rare(...files.map((name) => `emnist-balanced-${name}`)))).toEqual({
    photos: EXPECTED.emnist,
    understood: ["IDX files, as used by MNIST: 3 classes."],
    refused: {},
  });
});

test.each([
  [["train_32x32.mat"], "svhn-train"],
  [["emnist-balanced-train-images-idx3-ubyte.gz"], "emnist"],
])("%s: rows are rows, and columns columns", async (files, name) => {
  const corners: number[][] = [];
  for await (const { problem, read } of candidatesIn(rare(...files), { expect() {} })) {
    if (problem === null) corners.push(pictureIn(new Uint8Array(await (await read()).arrayBuffer())).corner);
  }
  expect(corners).toEqual(CORNERS[name]);
});

test.each([
  ["grey.npz", "grey"],
  ["grey-float.npz", "grey"],
  ["planes.npz", "colour"],
  ["interleaved.npz", "colour"],
  ["float16.npz", "float16"],
  ["float16-255.npz", "float16"],
])("photos that stand in a row each, and halves of numbers: %s", async (name, expected) => {
  expect((await find(rare(name))).photos).toEqual(EXPECTED[expected]);
});

test("rows of numbers whose neighbours have nothing in common are no photos", async () => {
  const found = await find(rare("noise.npz"));
  expect(found.photos).toEqual([]);
  expect(Object.values(found.refused)).toEqual([expect.stringMatching(/numbers \(4 × 784, 4\) that are no photos/)]);
});

test.each([
  [
    "IDX files",
    ["mnist/train-images-idx3-ubyte", "mnist/train-labels-idx1-ubyte"],
    EXPECTED.mnist?.filter(({ split }) => split === "train"),
  ],
  ["arrays beside each other", ["npy/X.npy", "npy/y.npy"], EXPECTED.npy],
  ["arrays in a zip", ["arrays/float32.npz"], EXPECTED.arrays],
  ["a MATLAB file", ["rare/train_32x32.mat"], EXPECTED["svhn-train"]],
])("%s that are called like photos are known by their content", async (_, names, expected) => {
  const files = dropped(...names).map(({ blob }, at) => ({ path: `pictures/holiday.${at}.jpg`, blob }));
  const { photos, refused } = await find(files);
  expect(photos.map(({ first, sum }) => [first, sum])).toEqual(expected?.map(({ first, sum }) => [first, sum]));
  expect(photos.every((photo) => photo.class !== null)).toBe(true);
  expect(refused).toEqual({});
});
