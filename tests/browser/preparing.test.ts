/** Photos are embedded once: what was done is in storage when preparing ends, in whatever way it ends. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BaseModelCard } from "../../src/network/model.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import { listBlocks } from "../../src/storage/embeddings.ts";
import { EmbeddingTables } from "../../src/worker/embedding-tables.ts";
import { HeldPixels } from "../../src/worker/held-pixels.ts";
import { type Preparation, prepare } from "../../src/worker/preparing.ts";

let database: Database;
let name: string;
beforeEach(async () => {
  name = `test-${Math.random()}`;
  database = await openDatabase(name);
});
afterEach(() => {
  database.close();
  indexedDB.deleteDatabase(name);
});

/** Decodes a photo to its number and view; a photo named “bad” cannot be read. */
const decoders = {
  async run(work: unknown) {
    const decoder = {
      read: async (photo: string, views: readonly number[]) =>
        photo === "bad"
          ? { ok: false, fault: { code: "photo/undecodable" } }
          : { ok: true, value: views.map((view) => new Uint8ClampedArray([Number(photo), view])) },
    };
    return (work as (decoder: unknown, job: number) => Promise<unknown>)(decoder, 1);
  },
} as unknown as Preparation["decoders"];

/** Embeds what is decoded as it is, and counts. */
function countingEmbedder() {
  let embedded = 0;
  return {
    size: 2,
    batchSize: 4,
    get embedded() {
      return embedded;
    },
    async embed(photos: readonly Uint8ClampedArray[]) {
      embedded += photos.length;
      return photos.map((pixels) => Float32Array.from(pixels));
    },
  };
}

const viewsOf = (photos: readonly (number | string)[], view = 0) =>
  photos.map((photo) => ({ photo: `${photo}`, view }));
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

function preparation(change: Partial<Preparation>): Preparation {
  return {
    ...{ database, decoders, embedder: countingEmbedder(), tables: new EmbeddingTables() },
    held: new HeldPixels(0),
    base: { card: { id: "base" } as BaseModelCard },
    pooling: "average",
    views: [],
    onEvent: () => undefined,
    signal: new AbortController().signal,
    ...change,
  };
}
const blocks = () => listBlocks(database, { base: "base", features: "average" });

test("each view has its row, whether it was read from storage or embedded now", async () => {
  await prepare(preparation({ views: viewsOf(numbers(10)) }));
  const embedder = countingEmbedder();
  const views = [...viewsOf(numbers(12)), ...viewsOf([3], 1)];
  const { table } = await prepare(preparation({ embedder, views }));
  expect(embedder.embedded).toBe(3);
  for (const { photo, view } of views) {
    expect([...table.row(table.rowOf(photo, view) ?? -1)]).toEqual([Number(photo), view]);
  }
});

test("what is in memory is not read from storage again", async () => {
  const tables = new EmbeddingTables();
  const views = viewsOf(numbers(10));
  const first = await prepare(preparation({ tables, views }));
  database.close();
  const again = await prepare(preparation({ tables, views }));
  expect(again.table).toBe(first.table);
  database = await openDatabase(name);
});

test("only the blocks that hold what is wanted are read", async () => {
  await prepare(preparation({ views: viewsOf(numbers(10)) }));
  await prepare(preparation({ views: viewsOf([100, 101]) }));
  const { table } = await prepare(preparation({ views: viewsOf([101]) }));
  expect([table.rowOf("100", 0), table.rowOf("5", 0)]).toEqual([expect.any(Number), undefined]);
});

test("a photo that cannot be read is told and has no row", async () => {
  const events: unknown[] = [];
  const { table } = await prepare(
    preparation({ views: viewsOf([1, "bad", 2]), onEvent: (event) => events.push(event) }),
  );
  expect(table.rowOf("bad", 0)).toBeUndefined();
  expect(events).toContainEqual({
    kind: "preparing-skipped",
    skipped: [{ path: "bad", fault: { code: "photo/undecodable" } }],
  });
  expect(events.at(-1)).toMatchObject({ kind: "preparing", done: 3, total: 3 });
});

test("pixels that were held since the import are embedded without another decoding", async () => {
  const held = new HeldPixels(100);
  const taker = held.for({ id: "base", preprocessing: { width: 1, height: 1 } as BaseModelCard["preprocessing"] });
  for (const photo of ["3", "bad"]) taker.put(photo, new Uint8ClampedArray([77, 0]));
  const { table } = await prepare(preparation({ held, views: viewsOf([2, 3, "bad"]) }));
  const row = (photo: string) => [...table.row(table.rowOf(photo, 0) ?? -1)];
  expect([row("2"), row("3"), row("bad")]).toEqual([
    [2, 0],
    [77, 0],
    [77, 0],
  ]);
});

test("augmented views are decoded, and what is prepared is held no longer", async () => {
  const held = new HeldPixels(100);
  const taker = held.for({ id: "base", preprocessing: { width: 1, height: 1 } as BaseModelCard["preprocessing"] });
  taker.put("3", new Uint8ClampedArray([77, 0]));
  const { table } = await prepare(preparation({ held, views: [...viewsOf([3]), ...viewsOf([3], 1)] }));
  expect([...table.row(table.rowOf("3", 1) ?? -1)]).toEqual([3, 1]);
  expect(held.take("base", "3")).toBeUndefined();
});

test("cancelled, it keeps what it has done", async () => {
  const job = new AbortController();
  const onEvent: Preparation["onEvent"] = (event) => {
    if (event.kind === "preparing" && event.done >= 40) job.abort();
  };
  const cancelled = prepare(preparation({ views: viewsOf(numbers(100)), onEvent, signal: job.signal }));
  await expect(cancelled).rejects.toThrow(/abort/i);
  const embedder = countingEmbedder();
  await prepare(preparation({ embedder, views: viewsOf(numbers(100)) }));
  expect(embedder.embedded).toBe(60);
});

test("an embedder that fails half-way costs nothing that was done", async () => {
  const embedder = countingEmbedder();
  const failing = {
    ...{ size: 2, batchSize: 4 },
    embed: (photos: readonly Uint8ClampedArray[]) =>
      embedder.embedded < 20 ? embedder.embed(photos) : Promise.reject(new Error("The device is lost.")),
  };
  const failed = prepare(preparation({ embedder: failing, views: viewsOf(numbers(50)) }));
  await expect(failed).rejects.toThrow("The device is lost.");
  const rest = countingEmbedder();
  await prepare(preparation({ embedder: rest, views: viewsOf(numbers(50)) }));
  expect(rest.embedded).toBe(30);
});

test("an open block is not written at each batch, and photos that come one by one share one", async () => {
  const writes: number[] = [];
  const watched = new Proxy(database, {
    get(target, property) {
      const value = Reflect.get(target, property);
      if (property !== "transaction") return typeof value === "function" ? value.bind(target) : value;
      return (...given: Parameters<Database["transaction"]>) => {
        if (given[1] === "readwrite") writes.push(performance.now());
        return target.transaction(...given);
      };
    },
  });
  const tables = new EmbeddingTables();
  await prepare(preparation({ database: watched, tables, views: viewsOf(numbers(200)) }));
  // Fifty batches.
  expect(writes.length).toBeLessThan(5);
  for (const photo of [200, 201, 202]) await prepare(preparation({ tables, views: viewsOf([photo]) }));
  expect((await blocks()).map(({ rows }) => rows.photos.length)).toEqual([203]);
});

test("two tabs that prepare the same photos lose nothing and agree", async () => {
  const other = await openDatabase(name);
  const views = viewsOf(numbers(30));
  await Promise.all([prepare(preparation({ views })), prepare(preparation({ database: other, views }))]);
  other.close();
  const embedder = countingEmbedder();
  const { table } = await prepare(preparation({ embedder, views }));
  expect(embedder.embedded).toBe(0);
  for (const { photo } of views) expect([...table.row(table.rowOf(photo, 0) ?? -1)]).toEqual([Number(photo), 0]);
});
