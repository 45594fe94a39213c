import { expect, test } from "vitest";
import { type Dataset, EMPTY_DATASET, type Sample, type Split, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { addSamples, ensureClass } from "../../../src/dataset/edit.ts";
import { splitSamples } from "../../../src/dataset/split.ts";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { readFolders } from "../../../src/formats/datasets/folders.ts";
import { photoSetFiles } from "../../../src/formats/datasets/photo-set.ts";
import { treeOf } from "./datasets/tree.ts";
import { bytesOf, collected, zipOf } from "./zips.ts";

const SHARES = { validationShare: 0.2, testShare: 0.2, seed: 7 };
const sample = (photo: string, classId: string, change: Partial<Sample> = {}): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: `${photo}.jpg`, width: 4, height: 3, fixedSplit: null, looks: null },
  ...change,
});
const many = (classId: string, count: number) =>
  Array.from({ length: count }, (_, at) => sample(`${classId}${at}`, classId));

const DATASET: Dataset = {
  classes: [
    { id: "c", name: "cat" },
    { id: "t", name: "test" },
    { id: "unsorted", name: "Unsorted" },
  ],
  samples: [
    ...many("c", 10),
    ...many("t", 5),
    sample("blurred", "c", { excluded: true }),
    sample("new", "unsorted"),
    // Two files of one name.
    sample("x1", "c", { fileName: "same.jpg", fixedSplit: "train" }),
    sample("x2", "c", { fileName: "SAME.jpg", fixedSplit: "train" }),
  ],
};
/** Near-duplicates that were fixed to different splits: the one that is not in test takes no part. */
const GROUPS = [["x1", "x2"]];
const readPhoto = async ({ photo }: Sample) => bytesOf(photo);
const filesOf = (dataset: Dataset) =>
  collected(photoSetFiles(dataset, GROUPS, { layout: "folders", shares: SHARES }, readPhoto));

test("lies in folders by split and class; unsorted and excluded photos in their own", async () => {
  const paths = (await filesOf(DATASET)).map(({ path }) => path);
  expect(paths).toContain("excluded/cat/blurred.jpg");
  expect(paths).toContain("Unsorted/new.jpg");
  expect(paths).toContain("train/cat/same.jpg");
  expect(paths).toContain("train/cat/SAME (2).jpg");
  // A class called like a split has a folder that is not.
  expect(paths.filter((path) => path.includes("/test_/"))).toHaveLength(5);
  expect(paths.at(-1)).toBe("labels.csv");
});

test("comes back by the folder rule with the same classes and splits", async () => {
  const cats = { ...DATASET, classes: DATASET.classes.filter(({ id }) => id !== "t") };
  const dataset = { ...cats, samples: DATASET.samples.filter(({ classId }) => classId !== "t") };
  let back = EMPTY_DATASET;
  const entries = await readZip(await zipOf(await filesOf(dataset)), "set.zip");
  const { photos } = treeOf(entries.map(({ path }) => path));
  const [reading] = readFolders({ photos, others: [] });
  for (const entry of entries) {
    const label = reading?.labels.get(entry.path);
    if (!label) continue;
    const { className, fixedSplit, excluded } = label;
    const fileName = entry.path.split("/").at(-1) ?? "";
    const [next, { id }] = ensureClass(back, className ?? "", () => className ?? "");
    const photo = await (await entry.blob()).text();
    back = addSamples(next, [sample(photo, id, { fileName, fixedSplit, excluded })]).dataset;
  }
  const facts = ({ classes, samples }: Dataset, splits: ReadonlyMap<string, Split>) =>
    Object.fromEntries(
      samples.map(({ photo, classId, excluded }) => {
        const name = classes.find(({ id }) => id === classId)?.name;
        return [photo, [name, excluded, splits.get(photo) ?? null]];
      }),
    );
  expect(facts(back, splitSamples(back, SHARES))).toEqual(facts(dataset, splitSamples(dataset, SHARES, GROUPS)));
});

test("a photo that takes no part since its near-duplicate is tested lies among the excluded ones", async () => {
  const samples = DATASET.samples.map((each) =>
    each.photo === "x1" ? { ...each, fixedSplit: "test" as const } : each,
  );
  const paths = (await filesOf({ ...DATASET, samples })).map(({ path }) => path);
  expect(paths).toContain("test/cat/same.jpg");
  expect(paths).toContain("excluded/cat/SAME.jpg");
});

test("has a table of its photos, commas and quotes and all", async () => {
  const dataset = { classes: [{ id: "a", name: 'a, "b"' }], samples: [sample("1", "a", { fixedSplit: "train" })] };
  const files = await filesOf(dataset);
  expect(new TextDecoder().decode(files.at(-1)?.bytes)).toBe(
    'path,class,split,sha256\r\n"train/a, -b-/1.jpg","a, ""b""",train,1\r\n',
  );
});
