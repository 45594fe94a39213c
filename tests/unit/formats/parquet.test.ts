/** Parquet files as pyarrow writes them (see tests/fixtures/make_parquet_fixtures.py), whole and damaged. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import type { PackedPhoto } from "../../../src/formats/datasets/packed/packed-set.ts";
import { readParquet } from "../../../src/formats/datasets/packed/parquet.ts";
import type { TreeFile } from "../../../src/formats/datasets/tree.ts";
import { FormatError } from "../../../src/formats/errors.ts";

const FOLDER = new URL("../../fixtures/parquet/", import.meta.url);
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(name, FOLDER)));
const EXPECTED: Readonly<Record<string, { classes: (string | null)[]; sha256: (string | null)[] }>> = JSON.parse(
  readFileSync(new URL("expected.json", FOLDER), "utf8"),
);

function fileOf(path: string, bytes: Uint8Array<ArrayBuffer>): TreeFile {
  return { path, parts: path.split("/"), size: bytes.length, read: async () => new Blob([bytes]) };
}
const given = (name: string, path = name) => fileOf(path, bytesOf(name));

async function digest(photo: PackedPhoto): Promise<string | null> {
  try {
    const bytes = new Uint8Array(await (await photo.read()).arrayBuffer());
    return createHash("sha256").update(bytes).digest("hex");
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

async function faultOf(...files: readonly TreeFile[]): Promise<string> {
  const [problem] = (await readParquet(files)).flatMap(({ problems = [] }) => problems);
  if (!problem) throw new Error("It was read.");
  return sentence(words.faults, problem.fault);
}

describe("what pyarrow writes is read as it was", () => {
  test.each([
    "train-00000-of-00002.parquet",
    "test-00000-of-00001.parquet",
    "strings.parquet",
    "numbers.parquet",
    "gzip.parquet",
    "brotli.parquet",
    "lz4.parquet",
    "holes.parquet",
  ])("%s", async (name) => {
    const [set] = await readParquet([given(name)]);
    expect(set?.photos.map(({ label }) => label.className)).toEqual(EXPECTED[name]?.classes);
    expect(await Promise.all((set?.photos ?? []).map(digest))).toEqual(EXPECTED[name]?.sha256);
  });

  test("shards and splits are one set, whether Snappy or Zstandard, and other files are passed over", async () => {
    const names = ["train-00000-of-00002.parquet", "train-00001-of-00002.parquet"];
    const files = [...names.map((name) => given(name, `data/${name}`)), fileOf("README.md", bytesOf(names[0] ?? ""))];
    const sets = await readParquet([...files, fileOf("a.bin", new Uint8Array(99))]);
    expect(sets).toHaveLength(1);
    expect(sets[0]?.files).toEqual(names.map((name) => `data/${name}`));
    const photos = sets[0]?.photos ?? [];
    expect(photos.map(({ label }) => label.className)).toEqual(names.flatMap((name) => EXPECTED[name]?.classes));
    expect(photos.every(({ label }) => label.fixedSplit === "train")).toBe(true);
    expect(photos[0]?.path).toBe("data/train-00000-of-00002.parquet/train/cat/0");
    const found: (string | null)[] = [];
    for (const photo of photos) found.push(await digest(photo));
    expect(found).toEqual(names.flatMap((name) => EXPECTED[name]?.sha256));
  });

  test.each([
    ["test-00000-of-00001.parquet", "test"],
    ["validation-00000-of-00001-a1b2c3.parquet", "validation"],
    ["default/train/0000.parquet", "train"],
    ["cifar10-test.parquet", "test"],
    ["flowers.parquet", null],
  ])("the split is in the name: %s", async (path, split) => {
    const [set] = await readParquet([given("strings.parquet", path)]);
    expect(set?.photos[0]?.label.fixedSplit).toBe(split);
  });
});

test("photos without labels, or with several each, come without a class", async () => {
  const [plain] = await readParquet([given("unlabelled.parquet")]);
  expect(plain?.photos.map(({ label }) => label.className)).toEqual([null, null]);
  const [several] = await readParquet([given("multi-label.parquet")]);
  expect(several?.photos.map(({ label }) => label.className)).toEqual([null, null]);
  expect(several?.remarks).toEqual([{ remark: "multi-label", file: "multi-label.parquet" }]);
});

test.each([
  ["text-only.parquet", /without a column of photos/],
  ["addresses.parquet", /web addresses of photos/],
  ["hollow.parquet", /keeps 300 MB of photos in one row group, more than 268 MB/],
])("%s is refused with what to do", async (name, reason) => {
  expect(await faultOf(given(name))).toMatch(reason);
});

test("a codec that is not known is named, with what to do", async () => {
  const bytes = bytesOf("gzip.parquet");
  // In Thrift's compact protocol: the field of the codec, GZIP, and the next field. LZO is number 3, written as 6.
  for (let at = 0; at + 2 < bytes.length; at++) {
    if (bytes[at] === 0x15 && bytes[at + 1] === 0x04 && bytes[at + 2] === 0x16) bytes[at + 1] = 0x06;
  }
  expect(await faultOf(fileOf("a.parquet", bytes))).toMatch(/compressed with LZO, which .* Write it again with Snappy/);
});

test("a file that is cut short, or whose footer claims too much, is damaged", async () => {
  const whole = bytesOf("strings.parquet");
  expect(await faultOf(fileOf("a.parquet", whole.slice(0, -100)))).toMatch(/a\.parquet is damaged/);
  const hostile = whole.slice();
  hostile.set([0xff, 0xff, 0xff, 0x7f], hostile.length - 8);
  expect(await faultOf(fileOf("a.parquet", hostile))).toMatch(/a\.parquet is damaged/);
});

test("whatever bytes are changed, it is read or refused", async () => {
  const random = createRandom(20);
  const next = (below: number) => Math.floor(random() * below);
  const names = [
    ...["train-00000-of-00002.parquet", "train-00001-of-00002.parquet", "strings.parquet"],
    ...["gzip.parquet", "brotli.parquet", "lz4.parquet"],
  ];
  let refused = 0;
  for (let round = 0; round < 2000; round++) {
    const bytes = bytesOf(names[round % names.length] ?? "");
    for (let change = 0; change <= round % 4; change++) bytes[4 + next(bytes.length - 8)] = next(256);
    const sets = await readParquet([fileOf("a.parquet", bytes)]);
    for (const photo of sets.flatMap(({ photos }) => photos).slice(0, 20)) await digest(photo);
    if (sets.some(({ problems }) => problems)) refused += 1;
  }
  expect(refused).toBeGreaterThan(100);
}, 60_000);
