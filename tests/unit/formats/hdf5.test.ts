/** HDF5 files as h5py writes them in its several ways (see make_hdf5_fixtures.py), and files that lie. */
import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { FormatError } from "../../../src/formats/errors.ts";
import { Hdf5Group } from "../../../src/formats/models/hdf5/group.ts";
import { ATTRIBUTE_BOMBS, chunkedFile, type Hdf5Case, TREE_BOMBS } from "../../fixtures/hostile/hdf5.ts";
import { damagedBytes } from "../../fixtures/hostile/mutate.ts";
import { saying } from "../../fixtures/saying.ts";

const open = (name: string) =>
  Hdf5Group.open(new Uint8Array(readFileSync(new URL(`../../fixtures/hdf5/${name}.h5`, import.meta.url))));
const range = (length: number, value: (at: number) => number) => Array.from({ length }, (_, at) => value(at));

describe.each(["earliest", "v108", "latest"])("%s", (name) => {
  test("its groups and arrays are all there", () => {
    const root = open(name);
    expect([...root.names].toSorted()).toEqual(["doubles", "many", "packed"]);
    expect(root.group("many")?.names.toSorted()).toEqual(
      range(40, (at) => at).map((at) => `layer_${`${at}`.padStart(2, "0")}`),
    );
    expect(root.shape("many/layer_39/w")).toEqual([2, 3]);
    expect([...root.array("many/layer_39/w").data]).toEqual(range(6, (at) => 6 * 39 + at));
  });

  test("texts of every kind come without what they are filled up with", () => {
    const root = open(name);
    expect(root.text("text")).toBe("Häuser über Flüsse");
    expect(root.texts("fixed")).toEqual(["one", "three", "five5"]);
    expect(root.texts("spaced")).toEqual(["one", "three"]);
    expect(root.texts("list")).toEqual(["alpha", "", "gamma"]);
    expect(range(20, (at) => at).map((at) => root.text(`a_${`${at}`.padStart(2, "0")}`))).toEqual(
      range(20, (at) => at).map(String),
    );
    expect([root.text("fixed"), root.texts("text"), root.text("none"), root.texts("none")]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test("what is missing or of another type is said", () => {
    const root = open(name);
    expect([root.group("packed"), root.group("many/none"), root.shape("many")]).toEqual([null, null, null]);
    expect(saying(() => root.array("many"))).toContain("no array “many”");
    expect(saying(() => root.array("doubles"))).toContain("float64");
  });
});

test.each(["earliest", "v108", "latest"])("%s: numbers in chunks, or in one piece, are the same", (name) => {
  const { shape, data } = open(name).array("packed");
  expect(shape).toEqual([37, 11]);
  expect([...data]).toEqual(range(37 * 11, (at) => at / 8));
});

test("an array in one piece shares the file's memory", () => {
  const bytes = new Uint8Array(readFileSync(new URL("../../fixtures/hdf5/earliest.h5", import.meta.url))).slice();
  expect(Hdf5Group.open(bytes).array("many/layer_00/w").data.buffer).toBe(bytes.buffer);
});

/** Reads all that there is; gives how many things were read. */
function readAll(group: Hdf5Group, depth = 0): number {
  let read = 0;
  for (const name of ["text", "fixed", "spaced", "list", "a_07"]) {
    if (group.text(name) !== null || group.texts(name) !== null) read += 1;
  }
  for (const name of group.names) {
    const inner = group.group(name);
    if (inner && depth < 3) read += readAll(inner, depth + 1);
    if (group.shape(name) && name !== "doubles") read += group.array(name).data.length;
  }
  return read;
}

test.each(["earliest", "v108", "latest"])("%s, damaged 300 times, is read or refused", (name) => {
  const original = new Uint8Array(readFileSync(new URL(`../../fixtures/hdf5/${name}.h5`, import.meta.url)));
  expect(readAll(Hdf5Group.open(original))).toBe(5 + 40 * 6 + 37 * 11);
  const random = createRandom(8);
  for (let round = 0; round < 300; round++) {
    try {
      readAll(Hdf5Group.open(damagedBytes(original, random)));
    } catch (error) {
      expect(error, `round ${round}: ${error instanceof Error ? error.stack : error}`).toBeInstanceOf(FormatError);
    }
  }
});

describe("files that lie", () => {
  test.each<Hdf5Case>([...TREE_BOMBS, ...ATTRIBUTE_BOMBS])("$title", ({ bytes, reason }) => {
    const read = () => {
      const root = Hdf5Group.open(bytes());
      root.texts("layer_names");
      root.array("x");
    };
    expect(read).toThrow(FormatError);
    expect(saying(read)).toMatch(reason);
  });

  test("numbers in chunks are read", () => {
    const packed = deflateSync(new Float32Array([1, 2, 3, 4]));
    expect([...Hdf5Group.open(chunkedFile({ shape: [4], chunk: [4], packed })).array("x").data]).toEqual([1, 2, 3, 4]);
  });

  test("a chunk that unpacks to more than it is declared to", () => {
    const packed = deflateSync(new Uint8Array(50e6));
    const read = () => Hdf5Group.open(chunkedFile({ shape: [4], chunk: [4], packed })).array("x");
    expect(saying(read)).toMatch(/damaged at byte/);
  });

  test("a chunk of a shape that the file cannot hold", () => {
    const packed = deflateSync(new Uint8Array(1000));
    const read = () => Hdf5Group.open(chunkedFile({ shape: [2 ** 30], chunk: [2 ** 30], packed })).array("x");
    expect(saying(read)).toMatch(/unpack to more than/);
  });

  test("an array of 2^60 numbers in chunks of one", () => {
    const read = () =>
      Hdf5Group.open(chunkedFile({ shape: [2 ** 30, 2 ** 30], chunk: [1, 1], packed: new Uint8Array(4) })).array("x");
    expect(saying(read)).toMatch(/beyond the end of the file/);
  });
});
