/** Embeddings in storage: in blocks, found again by photo and view, and never lost without need. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { UNTOUCHED } from "../../src/dataset/dataset.ts";
import { emptyProject } from "../../src/project/project.ts";
import { collectGarbage } from "../../src/storage/collect.ts";
import { type Database, openDatabase } from "../../src/storage/database.ts";
import { type EmbeddingBlock, listBlocks, putBlocks, readBlocks, rowsPerBlock } from "../../src/storage/embeddings.ts";
import { putPhotos } from "../../src/storage/photos.ts";
import { createProject } from "../../src/storage/projects.ts";

const SOURCE = { base: "base", features: "average" };
const WIDTH = 4;
const FULL = rowsPerBlock(WIDTH);

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

/** What a photo's embedding is made of here. */
const numbers = (photo: number, view = 0) => [photo, view, photo + view, 1];
const block = (id: string, photos: readonly number[], view = 0): EmbeddingBlock => ({
  id,
  rows: { width: WIDTH, photos: photos.map(String), views: new Int32Array(photos.length).fill(view) },
  values: Float32Array.from(photos.flatMap((photo) => numbers(photo, view))),
});
const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);
const keep = (...blocks: EmbeddingBlock[]) => putBlocks(database, SOURCE, blocks);
const readAll = async () => readBlocks(database, SOURCE, await listBlocks(database, SOURCE));
/** Photo, view and numbers of each row, and how many rows each block has. */
async function kept() {
  const blocks = await readAll();
  const rows = blocks.flatMap(({ rows: { photos, views }, values }) =>
    photos.map(
      (photo, at) => [Number(photo), views[at] ?? -1, [...values.slice(at * WIDTH, (at + 1) * WIDTH)]] as const,
    ),
  );
  return {
    rows: rows.sort(([a, first], [b, second]) => a - b || first - second),
    sizes: blocks.map(({ rows: { photos } }) => photos.length).sort((a, b) => a - b),
  };
}
const expected = (photos: readonly number[], view = 0) => photos.map((photo) => [photo, view, numbers(photo, view)]);

describe("blocks", () => {
  test("full and partial ones come back; one that has grown takes its own place", async () => {
    await keep(block("full", from(0, FULL)), block("open", [1000]));
    await keep(block("open", [1000, 1001]));
    expect(await kept()).toEqual({ rows: expected([...from(0, FULL), 1000, 1001]), sizes: [2, FULL] });
  });

  test("two writers do not overwrite each other, and other sources are other tables", async () => {
    const second = await openDatabase(name);
    await Promise.all([keep(block("one", [1, 2])), putBlocks(second, SOURCE, [block("two", [2, 3])])]);
    await putBlocks(second, { ...SOURCE, features: "flatten" }, [block("three", [4])]);
    second.close();
    expect(await kept()).toEqual({ rows: expected([1, 2, 2, 3]), sizes: [2, 2] });
  });

  test("damaged ones are left out, the others come", async () => {
    await keep(block("short", [1, 2]), block("gone", [3]), block("other", [4]), block("whole", [5, 6]));
    const key = (id: string): [string, string, string] => ["base", "average", id];
    await database.put("embeddingBlocks", new Float32Array(2 * WIDTH - 1), key("short"));
    await database.delete("embeddingBlocks", key("gone"));
    await database.put("embeddingBlocks", "nonsense" as unknown as Float32Array, key("other"));
    await database.put(
      "embeddingBlockPhotos",
      { width: WIDTH, photos: ["7"], views: new Int32Array(9) },
      key("unlisted"),
    );
    expect(await kept()).toEqual({ rows: expected([5, 6]), sizes: [2] });
  });
});

describe("collecting garbage", () => {
  const addPhotos = (photos: readonly number[]) =>
    putPhotos(
      database,
      photos.map((photo) => ({ id: `${photo}`, photo: new Blob(["x"]), thumbnail: new Blob() })),
    );
  const addProject = (photos: readonly number[]) =>
    createProject(database, {
      ...emptyProject("Pets", null),
      dataset: {
        classes: [],
        samples: photos.map((photo) => ({
          ...UNTOUCHED,
          ...{ photo: `${photo}`, classId: "", fileName: "", width: 1, height: 1, fixedSplit: null, looks: null },
        })),
      },
    });

  test("drops the rows of photos that no project uses, and merges what is small", async () => {
    await addPhotos(from(0, FULL + 30));
    const used = from(0, FULL + 30).filter((photo) => photo % 10 !== 3);
    await addProject(used);
    await keep(block("full", from(0, FULL)), block("small", from(FULL, 20)), block("tiny", from(FULL + 20, 10)));
    await keep(block("views", from(0, 5), 1));
    await collectGarbage(database);
    const { rows, sizes } = await kept();
    const views = expected(
      from(0, 5).filter((photo) => photo !== 3),
      1,
    );
    const all = [...expected(used), ...views].sort(([a], [b]) => Number(a) - Number(b));
    expect(rows).toEqual(all);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(all.length);
    expect(sizes.length).toBeLessThan(3);
  });

  test("leaves whole blocks and a single small one as they are", async () => {
    await addPhotos(from(0, FULL + 1));
    await addProject(from(0, FULL + 1));
    await keep(block("full", from(0, FULL)), block("small", [FULL]));
    await collectGarbage(database);
    expect((await readAll()).map(({ id }) => id).sort()).toEqual(["full", "small"]);
  });

  test("keeps one of two same rows, and forgets what is left of broken blocks", async () => {
    await addPhotos([1, 2, 3]);
    await addProject([1, 2, 3]);
    await keep(block("one", [1, 2]), block("two", [2, 3]));
    await database.put("embeddingBlocks", new Float32Array(WIDTH), ["base", "average", "alone"]);
    await collectGarbage(database);
    expect(await kept()).toEqual({ rows: expected([1, 2, 3]), sizes: [3] });
    expect(await database.count("embeddingBlocks")).toBe(1);
  });

  test("leaves nothing of a base model whose photos have all gone", async () => {
    await keep(block("one", from(0, FULL)));
    await collectGarbage(database);
    expect([await database.count("embeddingBlocks"), await database.count("embeddingBlockPhotos")]).toEqual([0, 0]);
  });
});

describe("a database of version 2", () => {
  const old = () => `${name}-old`;
  afterEach(() => {
    indexedDB.deleteDatabase(old());
  });

  test("has its embeddings, a record each, put into blocks; nothing is lost but what is damaged", async () => {
    const photos = from(0, FULL + 50);
    await makeVersionTwo(old(), [
      ...photos.map((photo) => [["base", "average", 0, `${photo}`], new Float32Array(numbers(photo))] as const),
      [["base", "average", 0, "damaged"], "nonsense"],
      [["base", "average", 3, "7"], new Float32Array(numbers(7, 3))],
      [["base", "flatten", 0, "7"], new Float32Array([1, 2])],
      [["base@160", "average", 0, "7"], new Float32Array(numbers(8))],
    ]);
    database.close();
    database = await openDatabase(old());
    const { rows, sizes } = await kept();
    expect(sizes).toEqual([51, FULL]);
    expect(rows.filter(([, view]) => view === 0)).toEqual(expected(photos));
    expect(rows.filter(([, view]) => view > 0)).toEqual(expected([7], 3));
    const read = async (base: string, features: string) =>
      (await readBlocks(database, { base, features }, await listBlocks(database, { base, features }))).map(
        ({ rows: { photos: own }, values }) => [own, [...values]],
      );
    expect(await read("base", "flatten")).toEqual([[["7"], [1, 2]]]);
    expect(await read("base@160", "average")).toEqual([[["7"], numbers(8)]]);
    expect([...database.objectStoreNames]).not.toContain("embeddings");
  });
});

/** As the second version of Headstart made it, with nothing but embeddings. */
function makeVersionTwo(
  databaseName: string,
  records: readonly (readonly [key: readonly (string | number)[], value: unknown])[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 2);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      const stores =
        "photos thumbnails embeddings baseModelCards baseModelNetworks classifierSummaries classifiers projects projectStates projectSamples projectClassifiers";
      for (const store of stores.split(" ")) request.result.createObjectStore(store);
    };
    request.onsuccess = () => {
      const opened = request.result;
      const transaction = opened.transaction("embeddings", "readwrite");
      for (const [key, value] of records) transaction.objectStore("embeddings").put(value, [...key]);
      transaction.oncomplete = () => {
        opened.close();
        resolve();
      };
      transaction.onerror = () => reject(transaction.error);
    };
  });
}
