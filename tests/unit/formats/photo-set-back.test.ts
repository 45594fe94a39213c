import { expect, test } from "vitest";
import { type Dataset, type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { isHidden, mayBePhoto, type PhotoLabel, partsOf } from "../../../src/dataset/intake.ts";
import { splitSamples } from "../../../src/dataset/split.ts";
import { readZip } from "../../../src/formats/archives/zip.ts";
import { readTree } from "../../../src/formats/datasets/layouts.ts";
import { type PhotoSetLayout, photoSetFiles } from "../../../src/formats/datasets/photo-set.ts";
import type { Reading } from "../../../src/formats/datasets/tree.ts";
import { bytesOf, collected, zipOf } from "./zips.ts";

const SHARES = { validationShare: 0.2, testShare: 0.2, seed: 3 };
const LAYOUTS: readonly PhotoSetLayout[] = ["folders", "table", "hugging-face"];

/** Names that file systems, tables and layouts of data sets read as something else. */
const NAMES = [
  ..."Cat|cat|Cat (2)|CON|_CON|#hash-|#hash?|train|Test|validation|excluded|images|masks|unlabeled|__MACOSX".split("|"),
  ..."3.0|007|2024-01-02|0,5|NA|=1+1|a;b|a|b c|b d|.hidden|../up|50%25|C:\\x|label|Ünï-日本語".split("|"),
  ...["+1", "-1", "@a", "'=1+1", "'plain"],
  ...['say "hi"', "a|b", "a/b", "trailing.", "w".repeat(180), "漢".repeat(180), "🐈".repeat(120)],
];

const sample = (photo: string, classId: string, change: Partial<Sample> = {}): Sample => ({
  ...UNTOUCHED,
  ...{ photo, classId, fileName: `${photo}.jpg`, width: 4, height: 3, fixedSplit: null, looks: null },
  ...change,
});

/** Each class with photos that are drawn, one that is fixed and one that is left out; and unsorted ones. */
function datasetOf(names: readonly string[]): Dataset {
  const of = (at: number) => [
    ...Array.from({ length: 5 }, (_, photo) =>
      sample(`${at}-${photo}`, `c${at}`, { fileName: `image (${photo}).jpg` }),
    ),
    sample(`${at}-fixed`, `c${at}`, { fileName: "50%25 ?d=1.png", fixedSplit: "validation" }),
    sample(`${at}-out`, `c${at}`, { fileName: "photo.zip", excluded: true }),
  ];
  return {
    classes: [...names.map((name, at) => ({ id: `c${at}`, name })), { id: "unsorted", name: "Unsorted" }],
    samples: [
      ...names.flatMap((_, at) => of(at)),
      sample("new", "unsorted", { fileName: "new test" }),
      sample("newer", "unsorted", { excluded: true }),
    ],
  };
}

/** The set as it is read again, by photo. @param within a folder that the zip is unpacked into */
async function readBack(
  dataset: Dataset,
  layout: PhotoSetLayout,
  within = "",
): Promise<[Reading, Map<string, PhotoLabel>]> {
  const files = photoSetFiles(dataset, [], { layout, shares: SHARES }, async ({ photo }) => bytesOf(photo));
  const entries = await readZip(await zipOf(await collected(files)), "set.zip");
  const all = entries.map((entry) => {
    const path = `${within}${entry.path}`;
    return { path, parts: partsOf(path), size: entry.size, read: () => entry.blob() };
  });
  expect(all.filter(({ parts }) => isHidden(parts))).toEqual([]);
  const photos = all.filter(({ parts }) => mayBePhoto(parts));
  const others = all.filter(({ parts }) => !mayBePhoto(parts));
  const [reading, ...more] = await readTree({ photos, others });
  expect(more).toEqual([]);
  const labels = new Map<string, PhotoLabel>();
  for (const file of photos) {
    const label = reading.labels.get(file.path);
    if (label) labels.set(await (await file.read()).text(), label);
  }
  return [reading, labels];
}

function labelsOf(dataset: Dataset): Map<string, PhotoLabel> {
  const splits = splitSamples(dataset, SHARES, []);
  const names = new Map(dataset.classes.map(({ id, name }) => [id, name]));
  return new Map(
    dataset.samples.map(({ photo, classId, excluded }) => [
      photo,
      { className: names.get(classId) ?? null, fixedSplit: splits.get(photo) ?? null, excluded },
    ]),
  );
}

const sorted = (labels: ReadonlyMap<string, PhotoLabel>) => [...labels].sort(([a], [b]) => (a < b ? -1 : 1));

test.each(LAYOUTS)("%s: every class name, split, unsorted and excluded photo comes back as it was", async (layout) => {
  const dataset = datasetOf(NAMES);
  for (const within of ["", "my set/", "train/"]) {
    const [reading, labels] = await readBack(dataset, layout, within);
    expect(reading.understood).toEqual({ layout: "photo-set" });
    expect(reading.remarks).toEqual([]);
    expect(sorted(labels)).toEqual(sorted(labelsOf(dataset)));
  }
});

test.each(LAYOUTS)(
  "%s: so does a set of one class with one photo, and one of unsorted photos alone",
  async (layout) => {
    const one: Dataset = { classes: [{ id: "c", name: "train" }], samples: [sample("1", "c")] };
    const unsorted = { classes: [{ id: "unsorted", name: "Unsorted" }], samples: [sample("1", "unsorted")] };
    for (const dataset of [one, unsorted]) {
      expect(sorted((await readBack(dataset, layout))[1])).toEqual(sorted(labelsOf(dataset)));
    }
  },
);

test("Hugging Face: a table in each folder names its files, and no folder within a split is called like a split", async () => {
  const dataset = datasetOf(["train", 'say "hi"']);
  const files = await collected(
    photoSetFiles(dataset, [], { layout: "hugging-face", shares: SHARES }, async ({ photo }) => bytesOf(photo)),
  );
  const tables = files.filter(({ path }) => path.endsWith("metadata.csv"));
  expect(tables.map(({ path }) => path).sort()).toEqual(
    ["excluded", "test", "train", "unsorted", "validation"].map((folder) => `${folder}/metadata.csv`),
  );
  expect(files.every(({ path }) => path.split("/").length === 2)).toBe(true);
  const validation = tables.find(({ path }) => path.startsWith("validation/"));
  expect(new TextDecoder().decode(validation?.bytes)).toBe(
    "file_name,label,split,sha256\r\n50%25 -d=1.png,train,validation,0-fixed\r\n" +
      '50%25 -d=1 (2).png,"say ""hi""",validation,1-fixed\r\n',
  );
});

test("a table that is cut short within a name gives no class of that beginning", async () => {
  const dataset: Dataset = {
    classes: [{ id: "c", name: "Cat" }],
    samples: ["1", "2", "3"].map((photo) => sample(photo, "c", { fixedSplit: "train" })),
  };
  const files = await collected(
    photoSetFiles(dataset, [], { layout: "table", shares: SHARES }, async ({ photo }) => bytesOf(photo)),
  );
  const text = new TextDecoder().decode(files.at(-1)?.bytes);
  const cut = text.slice(0, text.lastIndexOf("Cat") + 2);
  const tree = ["photos/1.jpg", "photos/2.jpg", "photos/3.jpg", "labels.csv"].map((path) => ({
    ...{ path, parts: partsOf(path), size: 1 },
    read: async () => new Blob([path === "labels.csv" ? cut : ""]),
  }));
  const [reading] = await readTree({ photos: tree.slice(0, 3), others: tree.slice(3) });
  expect([...reading.labels].map(([path, { className }]) => [path, className])).toEqual([
    ["photos/1.jpg", "Cat"],
    ["photos/2.jpg", "Cat"],
    ["photos/3.jpg", "Unsorted"],
  ]);
});
