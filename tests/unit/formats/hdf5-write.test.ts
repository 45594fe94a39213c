/** HDF5 files as they are written here, read by the HDF5 library itself (h5wasm) and by the reader of this app. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as h5wasm from "h5wasm/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { joined } from "../../../src/formats/joined.ts";
import { Hdf5Group } from "../../../src/formats/models/hdf5/group.ts";
import { lookup3 } from "../../../src/formats/models/hdf5/lookup3.ts";
import { NewGroup, writeHdf5 } from "../../../src/formats/models/hdf5/write.ts";

// The first as lookup3.c says of itself; the others by its C code.
test.each([
  ["Four score and seven years ago", 0x17770551],
  ["", 0xdeadbeef],
])("the checksum of %j is the one of lookup3.c", (text, sum) => {
  expect(lookup3(new TextEncoder().encode(text))).toBe(sum);
});

let folder: string;
let root: NewGroup;
const long = "é".repeat(40_000);

beforeAll(async () => {
  await h5wasm.ready;
  folder = mkdtempSync(join(tmpdir(), "headstart-hdf5-"));
  root = new NewGroup();
  root.attribute("long", long);
  root.attribute("list", ["one", "", "drei Häuser"]);
  root.attribute("none", []);
  const many = root.group("layers/many");
  for (let at = 0; at < 300; at++) {
    many.group(`layer_${at}`).array("0", { shape: [1, 3], data: Float32Array.of(at, at + 0.5, -at) });
  }
  root.group("single").array("number", { shape: [], data: Float32Array.of(7) });
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("the HDF5 library reads all groups, numbers and texts", () => {
  const path = join(folder, "written.h5");
  writeFileSync(path, joined(writeHdf5(root)));
  const file = new h5wasm.File(path, "r");
  try {
    expect([...file.keys()].toSorted()).toEqual(["layers", "single"]);
    expect(file.attrs.long?.value).toBe(long);
    expect(file.attrs.list?.value).toEqual(["one", "", "drei Häuser"]);
    const many = file.get("layers/many") as h5wasm.Group;
    expect(many.keys()).toHaveLength(300);
    for (const at of [0, 1, 150, 299]) {
      const array = file.get(`layers/many/layer_${at}/0`) as h5wasm.Dataset;
      expect(array.shape).toEqual([1, 3]);
      expect(array.value).toEqual(Float32Array.of(at, at + 0.5, -at));
    }
  } finally {
    file.close();
  }
});

test("so does the reader of this app", () => {
  const file = Hdf5Group.open(joined(writeHdf5(root)));
  expect(file.text("long")).toBe(long);
  expect([file.texts("list"), file.texts("none")]).toEqual([["one", "", "drei Häuser"], []]);
  expect(file.array("layers/many/layer_299/0")).toEqual({ shape: [1, 3], data: Float32Array.of(299, 299.5, -299) });
  expect(file.array("single/number")).toEqual({ shape: [], data: Float32Array.of(7) });
});
