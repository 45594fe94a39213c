/** Data sets that stand packed in a few files, from the drop to the photos. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { words } from "../../../src/app/words/words.ts";
import { candidatesIn } from "../../../src/worker/incoming.ts";
import { questionsOn, summaryOf } from "../../../src/worker/questions.ts";
import { unpackerFor } from "../../../src/worker/unpacking.ts";
import { EXPECTED, packedFile } from "../../fixtures/packed.ts";
import { dropped, find, unpacked } from "./finding.ts";

const CIFAR: readonly (readonly [string, string, string])[] = [
  ["cifar-10-batches-bin", "cifar-10", "CIFAR-10: 10 classes."],
  ["cifar-10-batches-py", "cifar-10", "CIFAR-10: 10 classes."],
  ["cifar-100-python", "cifar-100", "CIFAR-100: 6 classes."],
  ["cifar-10-batches-mat", "cifar-10", "CIFAR-10: 10 classes."],
  ["cifar-100-matlab", "cifar-100", "CIFAR-100: 6 classes."],
  ["cifar-100-binary", "cifar-100", "CIFAR-100: 6 classes."],
];

describe.each(CIFAR)("%s", (name, kind, understood) => {
  test("comes in from its archive with class names and splits, and asks nothing", async () => {
    const files = dropped(`${name}.tar.gz`);
    expect(await find(files)).toEqual({ photos: EXPECTED[kind], understood: [understood], refused: {} });
    expect(await questionsOn(files, {}, unpackerFor(files))).toEqual([]);
  });

  test("comes in from its folder, and beside photos", async () => {
    const files = await unpacked(name);
    expect(await find(files)).toEqual({ photos: EXPECTED[kind], understood: [understood], refused: {} });
  });
});

const CIFAR_10 = CIFAR.filter(([, kind]) => kind === "cifar-10");

describe.each(CIFAR_10)("damage in %s", (name, kind, understood) => {
  const second = ["airplane", "automobile", "bird", "cat", "deer", "dog"];
  const others = EXPECTED[kind]?.filter(({ class: of, split }) => split === "test" || second.includes(of ?? ""));

  test("a file that is cut short is named, and the others come in", async () => {
    const files = (await unpacked(name)).map((file) =>
      file.path.includes("data_batch_2") ? { ...file, blob: file.blob.slice(0, file.blob.size - 100) } : file,
    );
    const found = await find(files);
    expect(found.photos).toEqual(others);
    expect(Object.values(found.refused)).toEqual([expect.stringMatching(/data_batch_2.* (is cut short|is damaged)/)]);
    expect(found.understood).toEqual([understood.replace("10 classes", "7 classes")]);
  });
});

test("CIFAR-10's binary files with a label that is no class are named", async () => {
  const files = (await unpacked("cifar-10-batches-bin")).map(async (file) => {
    if (!file.path.includes("test_batch")) return file;
    const damaged = new Uint8Array(await file.blob.arrayBuffer());
    damaged[3073] = 77;
    return { ...file, blob: new Blob([damaged]) };
  });
  const found = await find(await Promise.all(files));
  expect(found.refused).toEqual({
    "cifar-10-batches-bin/test_batch.bin": expect.stringContaining("test_batch.bin has the label 77"),
  });
  expect(found.photos.map(({ split }) => split)).toEqual(Array(9).fill("train"));
});

test("CIFAR-10's binary files are known under other names, and without the file of names", async () => {
  const renamed = (await unpacked("cifar-10-batches-bin"))
    .filter(({ path }) => path.endsWith(".bin"))
    .map(({ blob }, at) => ({ path: `download (${at})`, blob }));
  const found = await find(renamed);
  expect(found.photos).toEqual(EXPECTED["cifar-10"]?.map((photo) => ({ ...photo, split: null })));
  const one = await find(renamed.slice(0, 1));
  expect(one.photos.map((photo) => photo.class)).toEqual(["3", "0", "1", "2", "4", "5"]);
});

test("photos are not opened to look for packed data sets in them", async () => {
  let reads = 0;
  const counted = (bytes: Uint8Array<ArrayBuffer>) => {
    const blob = new Blob([bytes]);
    const slice = blob.slice.bind(blob);
    blob.slice = (...range) => {
      reads += 1;
      return slice(...range);
    };
    return blob;
  };
  const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, ...Array(600).fill(1)]);
  for await (const _ of candidatesIn(
    [1, 2, 3].map((at) => ({ path: `cats/${at}.jpg`, blob: counted(jpeg) })),
    {
      expect() {},
    },
  )) {
    // Only listed.
  }
  // Once each, to see whether it is an archive.
  expect(reads).toBe(3);
});

test("MNIST's IDX files come in, packed or not, labels by their photos' names, other files of labels told", async () => {
  const names = [
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
  ];
  for (const files of [names.map((name) => `mnist/${name}`), names.map((name) => `mnist-gz/${name}.gz`)]) {
    expect(await find(dropped(...files).reverse())).toEqual({
      photos: EXPECTED.mnist,
      understood: ["IDX files, as used by MNIST: 7 classes."],
      refused: {},
    });
  }
  const alone = await find(dropped("mnist/train-labels-idx1-ubyte", "mnist/t10k-images-idx3-ubyte"));
  expect(alone.photos.map((photo) => photo.class)).toEqual([null, null, null]);
  expect(alone.refused["mnist/train-labels-idx1-ubyte"]).toMatch(/holds labels without photos/);
});

test("MNIST's IDX files are known under other names, where their numbers fit", async () => {
  const [images, labels] = dropped("mnist/train-images-idx3-ubyte", "mnist/train-labels-idx1-ubyte");
  const found = await find([
    { path: "download", blob: images?.blob ?? new Blob() },
    { path: "download (1)", blob: labels?.blob ?? new Blob() },
  ]);
  const train = EXPECTED.mnist?.filter(({ split }) => split === "train");
  expect(found.photos).toEqual(train?.map((photo) => ({ ...photo, split: null })));
});

test("IDX files of coloured photos get their names from a list beside them", async () => {
  const names = ["images.idx4-ubyte", "labels.idx1-ubyte", "classes.txt"];
  const found = await find(dropped(...names.map((name) => `idx-colour/${name}`)));
  expect(found).toEqual({
    photos: EXPECTED["idx-colour"],
    understood: ["IDX files, as used by MNIST: 2 classes."],
    refused: {},
  });
});

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test.each([
  [
    "a file shorter than its header says",
    "train-images-idx3-ubyte",
    ascii("\0\0\x08\x03\0\0\0\x09\0\0\0\x08\0\0\0\x08"),
    /is cut short/,
  ],
  ["sides that no file can have", "a-idx3-ubyte", ascii(`\0\0\x08\x03${"\xff".repeat(12)}`), /is (cut short|damaged)/],
  ["photos of no size", "a-idx3-ubyte", ascii(`\0\0\x08\x03\xff\xff\xff\xff${"\0".repeat(8)}`), /no photos/],
  ["more labels than photos", "x", null, /holds 5 photos, and there are 3 labels/],
])("%s: named, with what to do", async (_, path, content, reason) => {
  const files = content
    ? [{ path, blob: new Blob([content]) }]
    : [
        { path: "x-images", blob: new Blob([packedFile("mnist/train-images-idx3-ubyte")]) },
        { path: "x-labels", blob: new Blob([packedFile("mnist/t10k-labels-idx1-ubyte")]) },
      ];
  const found = await find(files);
  expect(found.photos).toEqual([]);
  expect(Object.values(found.refused).join()).toMatch(reason);
});

test.each([
  ["Keras's", "mnist.npz", "NumPy arrays: 6 classes."],
  ["MedMNIST's", "medmnist.npz", "NumPy arrays: 2 classes."],
])("%s .npz comes in with labels and splits", async (_, name, understood) => {
  expect(await find(dropped(`numpy/${name}`))).toEqual({
    photos: EXPECTED[name],
    understood: [understood],
    refused: {},
  });
});

test.each(["float32", "float64", "channels-first", "fortran", "wide"])(
  "arrays are photos whatever their numbers and order: %s",
  async (name) => {
    const found = await find(dropped(`arrays/${name}.npz`));
    const names = name === "float32" ? ["left", "right"] : ["0", "1"];
    expect(found.photos).toEqual(EXPECTED.arrays?.map((photo) => ({ ...photo, class: names[Number(photo.class)] })));
  },
);

test("an .npz under a zip's name, and .npy files beside each other", async () => {
  const zip = { path: "download.zip", blob: new Blob([packedFile("numpy/mnist.npz")]) };
  expect((await find([zip])).photos).toEqual(EXPECTED["mnist.npz"]);
  expect((await find(dropped("npy/X.npy", "npy/y.npy"))).photos).toEqual(EXPECTED.npy);
});

test("NumPy files without photos are named", async () => {
  const found = await find(dropped("npy-alone/features.npy", "npy-alone/objects.npy"));
  expect(found.refused["npy-alone/objects.npy"]).toMatch(/values of the type “\|O”/);
  expect((await find(dropped("npy-alone/features.npy"))).refused["npy-alone/features.npy"]).toMatch(
    /numbers \(3 × 784\) that are no photos/,
  );
});

test.each([0, 1, 2, 3, 4, 5])("a batch that Python 3 pickled in protocol %i", async (protocol) => {
  expect((await find(dropped(`protocols/data_batch_${protocol}.gz`))).photos).toEqual(EXPECTED.protocol);
});

const npy = (type: string, shape: string, values = 0) => {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117);
  return new Blob([ascii(`\x93NUMPY\x01\0\x76\0${header}\n`), new Uint8Array(values)]);
};

test.each([
  ["more photos than bytes", npy("|u1", "1000000, 28, 28", 784), /is cut short/],
  ["more values than can be counted", npy("|u1", "9007199254740991, 28, 28"), /is damaged/],
  ["endless photos without pixels", npy("|u1", "900000000000000, 0, 28"), /no photos/],
  ["a million small photos and more", npy("|u1", "1000001, 5, 5", 25_000_025), /holds 1,000,001 photos; the most is/],
  ["texts without end", npy("<U99999999", "99999"), /is damaged/],
  ["complex numbers", npy("<c8", "2, 8, 8", 1024), /values of the type “<c8”/],
  ["more bytes than numbers", npy("|u1", "2, 8, 8", 129), /is damaged/],
])("NumPy: %s, named before anything is set aside for it", async (_, blob, reason) => {
  const found = await find([{ path: "x_train.npy", blob }]);
  expect(found.photos).toEqual([]);
  expect(found.refused["x_train.npy"]).toMatch(reason);
});

test("shards of Hugging Face's Parquet with the same columns are one set, with splits; one that cannot be read is named, and the others come in", async () => {
  const folder = new URL("../../fixtures/parquet/", import.meta.url);
  const written = JSON.parse(await readFile(new URL("expected.json", folder), "utf8"));
  const shards = ["train-00000-of-00002", "train-00001-of-00002", "test-00000-of-00001"].map(
    (name) => `${name}.parquet`,
  );
  const files = await Promise.all(
    [...shards, "text-only.parquet"].map(async (name) => ({
      path: `pets/data/${name}`,
      blob: new Blob([await readFile(new URL(name, folder))]),
    })),
  );
  const found: unknown[] = [];
  const refused: string[] = [];
  const understood: string[] = [];
  const listener = {
    expect: () => undefined,
    understood: (reading: Parameters<typeof summaryOf>[0]) =>
      understood.push(...words.layouts.understood(summaryOf(reading))),
  };
  for await (const { path, placement, problem, read } of candidatesIn(files, listener)) {
    if (problem) refused.push(path);
    if (problem || placement.kind === "ignored") continue;
    const bytes = new Uint8Array(await (await read()).arrayBuffer());
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    found.push([placement.className, placement.fixedSplit, sha256]);
  }
  const expected = shards.flatMap((name) =>
    written[name].sha256.map((sha256: string, at: number) => [written[name].classes[at], name.split("-")[0], sha256]),
  );
  expect(found).toHaveLength(expected.length);
  expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)));
  expect(understood).toEqual(["Parquet: 2 classes.", "Parquet: 3 classes."]);
  expect(refused).toEqual(["pets/data/text-only.parquet"]);
});
