import { expect, test } from "vitest";
import { rowsPerBlock } from "../../../src/storage/embeddings.ts";
import { EmbeddingTable } from "../../../src/worker/embedding-table.ts";
import { EmbeddingTables } from "../../../src/worker/embedding-tables.ts";

const SOURCE = { base: "base", features: "average" };
const WIDTH = 3;
const ROWS = rowsPerBlock(WIDTH);

const numbers = (at: number) => Float32Array.from({ length: WIDTH }, (_, place) => 10 * at + place);
const stored = (id: string, names: readonly (readonly [photo: string, view: number])[], first = 0) => ({
  id,
  rows: { width: WIDTH, photos: names.map(([photo]) => photo), views: Int32Array.from(names, ([, view]) => view) },
  values: Float32Array.from(names.flatMap((_, at) => [...numbers(first + at)])),
});
/** What is in its row. */
const at = (table: EmbeddingTable, photo: string, view: number) => {
  const row = table.rowOf(photo, view);
  return row === undefined ? undefined : [...table.row(row)];
};

test("a block has 256 rows, and fewer where they are long", () => {
  expect([rowsPerBlock(1280), rowsPerBlock(2048), rowsPerBlock(7 * 7 * 1280), rowsPerBlock(2 ** 24)]).toEqual([
    256, 256, 16, 1,
  ]);
});

test("every photo and view has its row, over the edges of blocks, and keeps it while the table grows", () => {
  const table = new EmbeddingTable(SOURCE, WIDTH);
  table.add({ photo: "0", view: 0 }, numbers(0));
  const first = table.row(table.rowOf("0", 0) ?? -1);
  for (let photo = 1; photo < 2 * ROWS + 5; photo++) {
    table.add({ photo: `${photo}`, view: 0 }, numbers(photo));
    table.add({ photo: `${photo}`, view: 2 }, numbers(-photo));
  }
  for (let photo = 1; photo < 2 * ROWS + 5; photo++) {
    expect(at(table, `${photo}`, 0)).toEqual([...numbers(photo)]);
    expect(at(table, `${photo}`, 2)).toEqual([...numbers(-photo)]);
  }
  expect(table.rowOf("1", 1)).toBeUndefined();
  expect(table.rowOf("none", 0)).toBeUndefined();
  // The same memory: growing copied nothing.
  expect(table.row(table.rowOf("0", 0) ?? -1).buffer).toBe(first.buffer);
  expect(() => table.row(100 * ROWS)).toThrow(RangeError);
});

test("storage's blocks and what is added here lie beside each other", () => {
  const table = new EmbeddingTable(SOURCE, WIDTH);
  table.add({ photo: "mine", view: 0 }, numbers(1));
  table.takeBlock(
    stored(
      "kept",
      [
        ["a", 0],
        ["a", 1],
        ["mine", 0],
      ],
      5,
    ),
  );
  table.add({ photo: "later", view: 0 }, numbers(2));
  expect([at(table, "mine", 0), at(table, "later", 0)]).toEqual([[...numbers(1)], [...numbers(2)]]);
  expect([at(table, "a", 0), at(table, "a", 1)]).toEqual([[...numbers(5)], [...numbers(6)]]);
  expect([table.hasBlock("kept"), table.hasBlock("other")]).toEqual([true, false]);
  expect(table.unsaved().map(({ rows }) => rows.photos)).toEqual([["mine", "later"]]);
});

test("a block of another width is not taken", () => {
  const table = new EmbeddingTable(SOURCE, WIDTH + 1);
  table.takeBlock(stored("narrow", [["a", 0]]));
  expect(table.rowOf("a", 0)).toBeUndefined();
});

test("what storage lacks is given until storage has it, whole blocks once", () => {
  const table = new EmbeddingTable(SOURCE, WIDTH);
  const add = (from: number, to: number) => {
    for (let photo = from; photo < to; photo++) table.add({ photo: `${photo}`, view: 0 }, numbers(photo));
  };
  add(0, 2);
  const two = table.unsaved();
  expect(two).toMatchObject([{ rows: { width: WIDTH, photos: ["0", "1"] }, values: { length: 2 * WIDTH } }]);
  table.saved(two);
  expect(table.unsaved()).toEqual([]);
  add(2, 3);
  // More came while it was written.
  const three = table.unsaved();
  add(3, ROWS + 1);
  table.saved(three);
  expect(table.hasFullUnsaved).toBe(true);
  const rest = table.unsaved();
  expect(rest.map(({ rows }) => rows.photos.length)).toEqual([ROWS, 1]);
  expect(rest[0]?.id).toBe(two[0]?.id);
  table.saved(rest);
  expect([table.unsaved(), table.hasFullUnsaved]).toEqual([[], false]);
});

test("the table in use stays until another base model is used; one that work holds is found again after its release", () => {
  const tables = new EmbeddingTables();
  const table = tables.of(SOURCE, WIDTH);
  expect(tables.of({ ...SOURCE }, WIDTH)).toBe(table);
  tables.release();
  expect(tables.of(SOURCE, WIDTH)).toBe(table);
  expect(tables.of({ base: "base@160", features: "average" }, WIDTH)).not.toBe(table);
  expect(tables.of(SOURCE, WIDTH)).not.toBe(table);
});
