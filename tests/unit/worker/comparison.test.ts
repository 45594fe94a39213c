import { expect, test } from "vitest";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { type SmallPicture, smallPicture } from "../../../src/dataset/picture-match.ts";
import { Comparer } from "../../../src/worker/comparison.ts";
import { EmbeddingTable } from "../../../src/worker/embedding-table.ts";

const sample = (photo: string, classId = "cat"): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: `${photo}.jpg`, width: 8, height: 8, fixedSplit: null, looks: null },
});
/** Around the mean (1, 1): a and b point the same way, c and d the other ways. */
function tableOf(base: string): EmbeddingTable {
  const table = new EmbeddingTable({ base, features: "average" }, 2);
  const rows = { a: [2, 1], d: [1, 0], b: [2, 1], c: [-1, 2] };
  for (const [photo, numbers] of Object.entries(rows)) table.add({ photo, view: 0 }, new Float32Array(numbers));
  return table;
}
const signal = new AbortController().signal;
const samples = ["a", "b", "c", "d"].map((photo) => sample(photo));

test("photos that are alike are a group, and each is as close to its class as its nearest ones", async () => {
  const all = [...samples, sample("unreadable")];
  const { groups, closeness } = await new Comparer(async () => null).compare({
    table: tableOf("base"),
    samples: all,
    signal,
  });
  expect(groups).toEqual([["a", "b"]]);
  // Cosines: a·b = 1, a·c = −2/√5, a·d = 0, c·d = −1/√5; the mean of all three, there being no more.
  const [ac, cd] = [-2 / Math.sqrt(5), -1 / Math.sqrt(5)];
  expect(closeness.get("a")).toBeCloseTo((1 + ac + 0) / 3, 5);
  expect(closeness.get("c")).toBeCloseTo((ac + ac + cd) / 3, 5);
  expect(closeness.get("d")).toBeCloseTo((0 + 0 + cd) / 3, 5);
  expect(closeness.has("unreadable")).toBe(false);
});

test("the same photos in the same classes are compared once, whichever table they are in", async () => {
  const comparer = new Comparer(async () => null);
  const compare = (base: string, some: readonly Sample[]) =>
    comparer.compare({ table: tableOf(base), samples: some, signal });
  const first = await compare("base", samples);
  expect(await compare("base", [...samples])).toBe(first);
  const moved = [...samples.slice(1), sample("a", "dog")];
  const second = await compare("base", moved);
  expect(second).not.toBe(first);
  expect(second.closeness.get("a")).toBe(0);
  expect(await compare("base@160", moved)).not.toBe(second);
});

test("groups that are known are taken for the same photos, classes and base, and for no others", async () => {
  const asked = { table: tableOf("base"), samples, signal };
  const found = await new Comparer(async () => null).groups(asked, null);
  expect(found.groups).toEqual([["a", "b"]]);
  // What is said to be known shows whether it was taken.
  const known = { ...found, groups: [["c", "d"]] };
  const groupsOf = async (change: Partial<typeof asked>) =>
    (await new Comparer(async () => null).groups({ ...asked, ...change }, known)).groups;
  expect(await groupsOf({ samples: [...samples].reverse() })).toEqual([["c", "d"]]);
  expect(await groupsOf({ samples: [...samples, sample("unreadable")] })).toEqual([["c", "d"]]);
  expect(await groupsOf({ samples: [...samples.slice(1), sample("a", "dog")] })).toEqual([["a", "b"]]);
  expect(await groupsOf({ samples: samples.slice(0, 3) })).not.toEqual([["c", "d"]]);
  expect(await groupsOf({ table: tableOf("base@160") })).toEqual([["a", "b"]]);
});

/** Stripes, so many across. */
function striped(stripes: number): SmallPicture {
  const light = Float32Array.from(
    { length: 64 * 64 },
    (_, at) => 0.5 + 0.4 * Math.sin((stripes * Math.PI * (at % 64)) / 32),
  );
  return smallPicture(light, 64, 64);
}

test("photos that are alike by their embeddings are no group when their pictures do not match", async () => {
  const compare = (stripesOfB: number) => {
    const comparer = new Comparer(async (photo) => striped(photo === "b" ? stripesOfB : 2));
    return comparer.compare({ table: tableOf("base"), samples, signal });
  };
  expect((await compare(2)).groups).toEqual([["a", "b"]]);
  expect((await compare(7)).groups).toEqual([]);
});

test("pictures are read once, and only of photos in doubt", async () => {
  const read: string[] = [];
  const comparer = new Comparer(async (photo) => {
    read.push(photo);
    return striped(2);
  });
  await comparer.compare({ table: tableOf("base"), samples, signal });
  await comparer.compare({ table: tableOf("base"), samples: [...samples].reverse().slice(1), signal });
  expect(read.sort()).toEqual(["a", "b"]);
});

test("photos with the same hash are near-duplicates without a look at their pictures", async () => {
  const looks = { hash: "0123456789abcdef", sharpness: 0, brightness: 0.5 };
  const comparer = new Comparer(async (photo) => {
    throw new Error(`${photo} was read`);
  });
  const hashed = samples.map((each) => (each.photo < "c" ? { ...each, looks } : each));
  expect((await comparer.compare({ table: tableOf("base"), samples: hashed, signal })).groups).toEqual([["a", "b"]]);
});

test("copies of one picture are compared with others once for all of them", async () => {
  const table = tableOf("base");
  table.add({ photo: "e", view: 0 }, new Float32Array([2, 1]));
  const looks = { hash: "0123456789abcdef", sharpness: 0, brightness: 0.5 };
  const copies = [
    { ...sample("a", "cat"), looks },
    { ...sample("b", "dog"), looks },
  ];
  const read: string[] = [];
  const comparer = new Comparer(async (photo) => {
    read.push(photo);
    return striped(2);
  });
  const all = [...copies, sample("e", "bird"), sample("c"), sample("d")];
  expect((await comparer.compare({ table, samples: all, signal })).groups).toEqual([["a", "b", "e"]]);
  expect(read.sort()).toEqual(["a", "e"]);
});
