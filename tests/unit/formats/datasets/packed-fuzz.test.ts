/** Readers of packed data sets take anything: what comes out is photos or a fault with a sentence, and it comes to an end. */
import { gunzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { sentence } from "../../../../src/app/words/faults.ts";
import { sentenceOf, words } from "../../../../src/app/words/words.ts";
import { createRandom } from "../../../../src/dataset/random.ts";
import { readTar } from "../../../../src/formats/archives/tar.ts";
import { packedSetsIn } from "../../../../src/formats/datasets/packed/packed-sets.ts";
import { FormatError } from "../../../../src/formats/errors.ts";
import { checkPhoto } from "../../../../src/formats/images/header.ts";
import type { Bytes } from "../../../fixtures/hostile/bytes.ts";
import { damagedBytes } from "../../../fixtures/hostile/mutate.ts";
import { packedFile } from "../../../fixtures/packed.ts";

/** A busy machine takes its time. */
vi.setConfig({ testTimeout: 120_000 });

const ROUNDS = 300;
const READ = 3;
/** A hundred cells, each read by itself. */
const SLOW = new Set(["names in MATLAB"]);

interface Given {
  readonly path: string;
  readonly bytes: Bytes;
}

async function unpacked(name: string): Promise<Given[]> {
  const entries = await readTar(new Blob([gunzipSync(packedFile(`${name}.tar.gz`))]), name);
  return Promise.all(
    entries.map(async (entry) => ({
      path: entry.path,
      bytes: new Uint8Array(await (await entry.blob()).arrayBuffer()),
    })),
  );
}

const committed = async (...names: readonly string[]): Promise<Given[]> =>
  names.map((path) => ({ path, bytes: packedFile(path) }));

/** @returns photos that were read */
async function attempt(files: readonly Given[], clue: string): Promise<number> {
  let read = 0;
  const trees = files.map(({ path, bytes }) => {
    const blob = new Blob([bytes]);
    return { path, parts: path.split("/"), size: blob.size, read: async () => blob };
  });
  for (const { photos, problems = [] } of await packedSetsIn(trees)) {
    for (const { fault } of problems) expect(sentence(words.faults, fault), clue).toMatch(/\S.*[.?]$/s);
    for (const photo of photos.slice(0, READ)) {
      try {
        checkPhoto(new Uint8Array(await (await photo.read()).arrayBuffer()));
        read += 1;
      } catch (error) {
        expect(error, `${clue}: ${error instanceof Error ? error.stack : error}`).toBeInstanceOf(FormatError);
        expect(sentenceOf(error), clue).toMatch(/\S.*[.?]$/s);
      }
    }
  }
  return read;
}

const pickled = async (protocol: number): Promise<Given[]> => [
  { path: "data_batch_1", bytes: new Uint8Array(gunzipSync(packedFile(`protocols/data_batch_${protocol}.gz`))) },
];

test.each([
  ["CIFAR-10 binary", () => unpacked("cifar-10-batches-bin")],
  ["CIFAR-10 Python", () => unpacked("cifar-10-batches-py")],
  ["CIFAR-10 MATLAB, compressed", () => unpacked("cifar-10-batches-mat")],
  ["CIFAR-100 binary", () => unpacked("cifar-100-binary")],
  ["CIFAR-100 Python", () => unpacked("cifar-100-python")],
  [
    "CIFAR-100 MATLAB",
    async () => (await unpacked("cifar-100-matlab")).filter(({ path }) => !path.endsWith("meta.mat")),
  ],
  ["names in MATLAB", () => unpacked("cifar-100-matlab")],
  ["a pickle in protocol 0", () => pickled(0)],
  ["a pickle in protocol 2", () => pickled(2)],
  ["a pickle in protocol 4", () => pickled(4)],
  ["a pickle in protocol 5", () => pickled(5)],
  ["IDX", () => committed("mnist/train-images-idx3-ubyte", "mnist/train-labels-idx1-ubyte")],
  ["IDX in gzip", () => committed("mnist-gz/t10k-images-idx3-ubyte.gz", "mnist-gz/t10k-labels-idx1-ubyte.gz")],
  ["npy", () => committed("npy/X.npy", "npy/y.npy")],
  ["npz", () => committed("numpy/medmnist.npz")],
  ["rows of numbers", () => committed("rare/planes.npz")],
  ["halves", () => committed("rare/float16.npz")],
  ["SVHN", () => committed("rare/train_32x32.mat", "rare/test_32x32.mat")],
  [
    "EMNIST",
    () =>
      committed(
        ...["mapping.txt", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"].map(
          (name) => `rare/emnist-balanced-${name}`,
        ),
      ),
  ],
] as const)("%s", async (name, given) => {
  const random = createRandom(name.length * 31 + name.charCodeAt(name.length - 1));
  const files = await given();
  expect(await attempt(files, "undamaged")).toBeGreaterThan(1);
  for (let round = 0; round < (SLOW.has(name) ? 40 : ROUNDS); round++) {
    const target = Math.floor(random() * files.length);
    const damaged = files.map(({ path, bytes }, at) =>
      at === target
        ? { path, bytes: round % 2 ? damagedBytes(bytes, random) : damagedHead(bytes, random) }
        : { path, bytes },
    );
    await attempt(damaged, `${name}, round ${round}`);
  }
});

/** Damage among the first bytes, which say what the others are. */
function damagedHead(bytes: Bytes, random: () => number): Bytes {
  const head = bytes.slice(0, 256);
  return new Uint8Array([...damagedBytes(head, random), ...bytes.subarray(256)]);
}
