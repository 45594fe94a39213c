/** Tables of labels, in the shapes that data sets and labelling tools publish them; each laid out by hand from their documentation. */
import { describe, expect, test } from "vitest";
import { readTree } from "../../../../src/formats/datasets/layouts.ts";
import { FormatError } from "../../../../src/formats/errors.ts";
import { counted, many, treeOf } from "./tree.ts";

const FOUR = ["images/1.jpg", "images/2.jpg", "images/3.jpg", "images/4.jpg"];
const TWO_AND_TWO = { cat: 2, dog: 2 };
const jsonLines = (records: readonly unknown[]) => records.map((record) => JSON.stringify(record)).join("\n");

interface Case {
  readonly title: string;
  readonly photos?: readonly string[];
  readonly others: Readonly<Record<string, string | Blob>>;
  /** Whether the table's own name tells a part of what is understood. */
  readonly nameMatters?: boolean;
  readonly expected?: Readonly<Record<string, number>>;
}

const CLEAR: readonly Case[] = [
  {
    title: "Kaggle’s labels.csv, which names photos without ending",
    photos: ["dogs/images/f4db.png", "dogs/images/83dc.png", "dogs/images/1ad5.png", "dogs/images/6dd2.png"],
    others: { "dogs/labels.csv": "id,breed\nf4db,pug\n83dc,beagle\n1ad5,pug\n6dd2,beagle\n" },
    expected: { pug: 2, beagle: 2 },
  },
  {
    title: "Kaggle’s train.csv, test.csv and sample_submission.csv",
    photos: [...many("train/", 4, ".jpg"), ...many("test/t", 2, ".jpg")],
    others: {
      "train.csv": "image_id,label\n0.jpg,3\n1.jpg,0\n2.jpg,3\n3.jpg,0\n",
      "test.csv": "image_id\nt0.jpg\nt1.jpg\n",
      "sample_submission.csv": "image_id,label\nt0.jpg,4\nt1.jpg,4\n",
    },
    expected: { "0": 2, "3": 2, "Unsorted test": 2 },
  },
  {
    title: "numbers in both folders, of which train.csv means those in train",
    photos: [...many("train/", 4, ".png"), ...many("test/", 4, ".png")],
    nameMatters: true,
    others: { "trainLabels.csv": "id,label\n0,frog\n1,truck\n2,frog\n3,truck\n" },
    expected: { frog: 2, truck: 2, "Unsorted test": 4 },
  },
  {
    title: "numbers in a table that is called as lists of class names are",
    others: { "labels.csv": "file,label\n1.jpg,0\n2.jpg,0\n3.jpg,1\n4.jpg,1\n" },
    expected: { "0": 2, "1": 2 },
  },
  {
    title: "numbers in JSON that is called as lists of class names are",
    others: { "labels.json": '{ "1.jpg": 0, "2.jpg": 0, "3.jpg": 1, "4.jpg": 1 }' },
    expected: { "0": 2, "1": 2 },
  },
  {
    title: "numbers, and their names in a table with a header",
    photos: ["a.jpg", "b.jpg", "c.jpg", "d.jpg"],
    others: {
      "train.csv": "file,label\na.jpg,0\nb.jpg,0\nc.jpg,1\nd.jpg,1\n",
      "classes.csv": "id,name\n0,cat\n1,dog\n",
    },
    expected: { "0": 2, "1": 2 },
  },
  {
    title: "semicolons, quotes and a byte order mark",
    others: { "labels.csv": '\ufefffile;label\n"images/1.jpg";"cat"\n"2.jpg";cat\n3.jpg;dog\n4.jpg;"dog"\n' },
  },
  {
    title: "names with commas and quotes in quotes",
    others: { "l.csv": 'file,label\n1.jpg,"cat, ""tame"""\n2.jpg,"cat, ""tame"""\n3.jpg,dog\n4.jpg,dog\n' },
    expected: { 'cat, "tame"': 2, dog: 2 },
  },
  {
    title: "tabs, the label first",
    others: { "a.tsv": "label\tfile\ncat\t1.jpg\ncat\t2.jpg\ndog\t3.jpg\ndog\t4.jpg" },
  },
  { title: "no header", others: { "a.csv": "1.jpg,cat\n2.jpg,cat\n3.jpg,dog\n4.jpg,dog\n" } },
  {
    title: "no header, the label first, Windows’ line ends",
    others: { "a.csv": "cat,images/1.jpg\r\ncat,images/2.jpg\r\ndog,images/3.jpg\r\ndog,images/4.jpg\r\n" },
  },
  {
    title: "paths of another machine, and another ending",
    others: {
      "a.csv":
        "path,class\nC:\\me\\images\\1.png,cat\nC:\\me\\images\\2.png,cat\n/home/me/3.png,dog\n/home/me/4.png,dog",
    },
  },
  {
    title: "UTF-16 as spreadsheets save it",
    others: { "a.csv": utf16("file,label\n1.jpg,猫\n2.jpg,猫\n3.jpg,犬\n4.jpg,犬\n") },
    expected: { 猫: 2, 犬: 2 },
  },
  {
    title: "Roboflow’s _classes.csv, a column per class in each split",
    photos: [...many("train/a", 2, ".jpg"), ...many("train/b", 2, ".jpg"), ...many("valid/c", 2, ".jpg")],
    others: {
      "train/_classes.csv": "filename, cat, dog\na0.jpg, 1, 0\na1.jpg, 1, 0\nb0.jpg, 0, 1\nb1.jpg, 0, 1\n",
      "valid/_classes.csv": "filename, cat, dog\nc0.jpg, 1, 0\nc1.jpg, 0, 1\n",
    },
    expected: { "cat train": 2, "dog train": 2, "cat validation": 1, "dog validation": 1 },
  },
  {
    title: "ISIC’s ground truth, a column per diagnosis",
    others: { "GroundTruth.csv": "image,MEL,NV\n1,1.0,0.0\n2,1.0,0.0\n3,0.0,1.0\n4,0.0,1.0\n" },
    expected: { MEL: 2, NV: 2 },
  },
  {
    title: "a split column",
    others: { "a.csv": "file,label,split\n1.jpg,cat,train\n2.jpg,cat,test\n3.jpg,dog,train\n4.jpg,dog,valid\n" },
    expected: { "cat train": 1, "cat test": 1, "dog train": 1, "dog validation": 1 },
  },
  {
    title: "Hugging Face’s metadata.csv",
    photos: ["train/1.jpg", "train/2.jpg", "test/3.jpg", "test/4.jpg"],
    others: {
      "train/metadata.csv": "file_name,label\n1.jpg,cat\n2.jpg,dog\n",
      "test/metadata.csv": "file_name,label\n3.jpg,cat\n4.jpg,dog\n",
    },
    expected: { "cat train": 1, "dog train": 1, "cat test": 1, "dog test": 1 },
  },
  {
    title: "Hugging Face’s metadata.jsonl",
    others: {
      "images/metadata.jsonl": jsonLines(
        [1, 2, 3, 4].map((at) => ({ file_name: `${at}.jpg`, label: at < 3 ? "cat" : "dog" })),
      ),
    },
  },
  {
    title: "Google AutoML’s CSV",
    others: {
      "all.csv":
        "TRAIN,gs://bucket/images/1.jpg,cat\nVALIDATION,gs://bucket/images/2.jpg,cat\nTEST,gs://bucket/images/3.jpg,dog\nTRAIN,gs://bucket/images/4.jpg,dog\n",
    },
    expected: { "cat train": 1, "cat validation": 1, "dog test": 1, "dog train": 1 },
  },
  {
    title: "Azure Machine Learning’s JSON Lines",
    others: {
      "a.jsonl": jsonLines(
        [1, 2, 3, 4].map((at) => ({
          image_url: `azureml://subscriptions/x/paths/images/${at}.jpg`,
          label: at < 3 ? "cat" : "dog",
        })),
      ),
    },
  },
  {
    title: "Azure Machine Learning’s CSV",
    others: {
      "a.csv":
        "Url,Label,LabelConfidence\nAmlDatastore://blob/1.jpg,cat,1\nAmlDatastore://blob/2.jpg,cat,1\nAmlDatastore://blob/3.jpg,dog,1\nAmlDatastore://blob/4.jpg,dog,1\n",
    },
  },
  {
    title: "Label Studio’s JSON",
    others: {
      "project.json": JSON.stringify(
        [1, 2, 3, 4].map((at) => ({
          id: at,
          data: { image: `/data/upload/1/0a1b2c3d-${at}.jpg` },
          annotations: [{ result: [{ type: "choices", value: { choices: [at < 3 ? "cat" : "dog"] } }] }],
        })),
      ),
    },
  },
  {
    title: "Label Studio’s JSON-MIN",
    others: {
      "project.json": JSON.stringify(
        [1, 2, 3, 4].map((id) => ({
          id,
          image: `/data/local-files/?d=images/${id}.jpg`,
          choice: id < 3 ? "cat" : "dog",
        })),
      ),
    },
  },
  {
    title: "FiftyOne’s image classification",
    photos: many("data/", 4, ".jpg"),
    others: { "labels.json": JSON.stringify({ classes: ["cat", "dog"], labels: { "0": 0, "1": 0, "2": 1, "3": 1 } }) },
  },
  {
    title: "FiftyOne’s samples.json",
    photos: many("data/", 4, ".jpg"),
    others: {
      "samples.json": JSON.stringify({
        samples: [0, 1, 2, 3].map((at) => ({
          filepath: `data/${at}.jpg`,
          tags: [at % 2 ? "test" : "train"],
          ground_truth: { _cls: "Classification", label: at < 2 ? "cat" : "dog" },
        })),
      }),
    },
    expected: { "cat train": 1, "cat test": 1, "dog train": 1, "dog test": 1 },
  },
  {
    title: "JSON of file and label",
    others: { "a.json": JSON.stringify({ "1.jpg": "cat", "2.jpg": "cat", "3.jpg": "dog", "4.jpg": "dog" }) },
  },
  {
    title: "JSON of class and files",
    others: { "a.json": JSON.stringify({ cat: ["1.jpg", "2.jpg"], dog: ["3.jpg", "4.jpg"] }) },
  },
  {
    title: "COCO’s JSON without boxes",
    others: {
      "a.json": JSON.stringify({
        images: [1, 2, 3, 4].map((id) => ({ id, file_name: `${id}.jpg` })),
        annotations: [1, 2, 3, 4].map((id) => ({ id, image_id: id, category_id: id < 3 ? 7 : 9 })),
        categories: [
          { id: 7, name: "cat" },
          { id: 9, name: "dog" },
        ],
      }),
    },
  },
  {
    title: "ImageNet’s val.txt with classes.txt",
    others: {
      "val.txt": "images/1.jpg 0\nimages/2.jpg 0\nimages/3.jpg 1\nimages/4.jpg 1\n",
      "classes.txt": "cat\ndog\n",
    },
  },
  {
    title: "numbers from 1 with a list of names",
    others: { "l.csv": "file,label\n1.jpg,1\n2.jpg,1\n3.jpg,2\n4.jpg,2\n", "labels.txt": "cat\ndog\n" },
  },
  {
    title: "numbers with a JSON list of names",
    others: { "l.csv": "file,label\n1.jpg,0\n2.jpg,0\n3.jpg,1\n4.jpg,1\n", "class_names.json": '["cat","dog"]' },
  },
  {
    title: "numbered folders with Oxford’s cat_to_name.json",
    photos: [...many("train/1/", 2), ...many("train/2/", 2)],
    nameMatters: true,
    others: { "cat_to_name.json": '{"1": "pink primrose", "2": "canterbury bells"}' },
    expected: { "pink primrose train": 2, "canterbury bells train": 2 },
  },
  {
    title: "Tiny ImageNet, whose val has its classes in val_annotations.txt",
    photos: [
      ...many("t/train/n01443537/images/n01443537_", 3, ".JPEG"),
      ...many("t/train/n01629819/images/n01629819_", 3, ".JPEG"),
      ...many("t/val/images/val_", 2, ".JPEG"),
      ...many("t/test/images/test_", 2, ".JPEG"),
    ],
    others: {
      "t/val/val_annotations.txt": "val_0.JPEG\tn01443537\t0\t32\t44\t62\nval_1.JPEG\tn01629819\t52\t55\t57\t59\n",
      "t/wnids.txt": "n01443537\nn01629819\n",
      "t/train/n01443537/n01443537_boxes.txt": "n01443537_0.JPEG\t0\t10\t63\t58\n",
    },
    expected: {
      "n01443537 train": 3,
      "n01629819 train": 3,
      "n01443537 validation": 1,
      "n01629819 validation": 1,
      "- test": 2,
    },
  },
  {
    title: "Tiny ImageNet with words.txt",
    photos: [...many("train/n01443537/images/n01443537_", 2), ...many("train/n01629819/images/n01629819_", 2)],
    nameMatters: true,
    others: {
      "words.txt":
        "n00001740\tentity\nn01443537\tgoldfish, Carassius auratus\nn01629819\tEuropean fire salamander, Salamandra salamandra\n",
    },
    expected: { "goldfish train": 2, "European fire salamander train": 2 },
  },
  {
    title: "ImageNet of Kaggle with LOC_synset_mapping.txt, two of whose cranes are told apart",
    photos: ["n02012849", "n03126707", "n01440764"].flatMap((name) => many(`CLS-LOC/train/${name}/${name}_`, 2)),
    nameMatters: true,
    others: {
      "LOC_synset_mapping.txt": "n01440764 tench, Tinca tinca\nn02012849 crane\nn03126707 crane, hoist\n",
    },
    expected: { "tench train": 2, "crane train": 2, "crane, hoist train": 2 },
  },
  {
    title: "synsets with imagenet_class_index.json",
    photos: ["n02012849", "n01440764"].flatMap((name) => many(`${name}/`, 2)),
    nameMatters: true,
    others: { "imagenet_class_index.json": '{"0": ["n01440764", "tench"], "134": ["n02012849", "crane_bird"]}' },
    expected: { tench: 2, "crane bird": 2 },
  },
  {
    title: "Food-101’s lists of paths by split",
    photos: ["pie", "rib"].flatMap((name) => many(`food/images/${name}/${name === "pie" ? 1 : 2}`, 3, ".jpg")),
    others: { "food/meta/train.txt": "pie/10\npie/11\nrib/20\nrib/21\n", "food/meta/test.txt": "pie/12\nrib/22\n" },
    expected: { "pie train": 2, "rib train": 2, "pie test": 1, "rib test": 1 },
  },
  {
    title: "CUB-200-2011, whose lists refer to photos by number",
    photos: ["001.Albatross", "002.Auklet"].flatMap((name) => many(`CUB/images/${name}/${name.slice(4)}_`, 2, ".jpg")),
    others: {
      "CUB/images.txt":
        "1 001.Albatross/Albatross_0.jpg\n2 001.Albatross/Albatross_1.jpg\n3 002.Auklet/Auklet_0.jpg\n4 002.Auklet/Auklet_1.jpg\n",
      "CUB/image_class_labels.txt": "1 1\n2 1\n3 2\n4 2\n",
      "CUB/classes.txt": "1 001.Albatross\n2 002.Auklet\n",
      "CUB/train_test_split.txt": "1 0\n2 1\n3 1\n4 0\n",
    },
    expected: { "001.Albatross test": 1, "001.Albatross train": 1, "002.Auklet train": 1, "002.Auklet test": 1 },
  },
  {
    title: "Headstart’s own photo set, whose labels.csv has the true names",
    photos: ["train/cat/0.png", "test/Cat (2)/0.png", "train/_CON/0.png", "excluded/cat/1.png", "Unsorted/2.png"],
    others: {
      "labels.csv":
        "path,class,split,sha256\r\ntrain/cat/0.png,cat,train,a\r\ntest/Cat (2)/0.png,Cat,test,b\r\ntrain/_CON/0.png,CON,train,c\r\nexcluded/cat/1.png,cat,excluded,d\r\nUnsorted/2.png,Unsorted,,e\r\n",
    },
    expected: { "cat train": 1, "Cat test": 1, "CON train": 1, "cat excluded": 1, Unsorted: 1 },
  },
];

function utf16(text: string): Blob {
  const units = Uint16Array.from(`\ufeff${text}`, (letter) => letter.charCodeAt(0));
  return new Blob([units]);
}

test.each(CLEAR.map((each) => [each.title, each] as const))(
  "%s",
  async (_, { photos = FOUR, others, expected = TWO_AND_TWO }) => {
    const readings = await readTree(treeOf(photos, others));
    expect(readings.map(counted)).toEqual([expected]);
  },
);

/** Cases of one table whose name says nothing that its content does not. */
const ONE_TABLE = CLEAR.filter(({ others, nameMatters }) => Object.keys(others).length === 1 && !nameMatters);

describe("also under a wrong name", () => {
  test.each(ONE_TABLE.map((each) => [each.title, each] as const))("%s", async (_, { photos, others, expected }) => {
    const [[name, content]] = Object.entries(others) as [[string, string | Blob]];
    const wrong = name.replace(/[^/]+(\.[a-z]+)$/, "notes (1)$1");
    const readings = await readTree(treeOf(photos ?? FOUR, { [wrong]: content }));
    expect(readings.map(counted)).toEqual([expected ?? TWO_AND_TWO]);
  });
});

describe("cut short, no photo gets another class than the whole table gives it", () => {
  const texts = ONE_TABLE.filter(({ others }) => Object.values(others).every((each) => typeof each === "string"));
  test.each(texts.map((each) => [each.title, each] as const))("%s", async (_, { photos = FOUR, others }) => {
    const [[name, content]] = Object.entries(others) as [[string, string]];
    const [whole] = await readTree(treeOf(photos, others));
    const [without] = await readTree(treeOf(photos));
    for (let length = content.length - 1; length > 0; length -= 3) {
      const [cut] = await readTree(treeOf(photos, { [name]: content.slice(0, length) }));
      for (const [path, { className }] of cut.labels) {
        const right = [whole.labels.get(path)?.className, without.labels.get(path)?.className, "Unsorted", null];
        expect(right).toContain(className);
      }
    }
  });
});

test("a table that is damaged within its archive is named, and the photos come in", async () => {
  const tree = treeOf(FOUR, { "labels.csv": "file,label\n1.jpg,cat\n" });
  const fault = { code: "zip/entry-changed", file: "a.zip", entry: "labels.csv" } as const;
  const others = tree.others.map((file) => ({ ...file, read: () => Promise.reject(new FormatError(fault)) }));
  const [reading] = await readTree({ ...tree, others });
  expect(reading.labels.size).toBe(4);
  expect(reading.remarks).toEqual([{ remark: "damaged-table", file: "labels.csv" }]);
});

describe("what is no label per photo is refused with why, and the photos have no class", () => {
  test.each([
    [
      "several labels in a cell",
      { "l.csv": "file,labels\n1.jpg,cat;dog\n2.jpg,cat\n3.jpg,dog\n4.jpg,cat;dog\n" },
      "multi-label",
    ],
    [
      "several rows per photo",
      { "l.csv": "file,label\n1.jpg,cat\n1.jpg,dog\n2.jpg,cat\n3.jpg,dog\n3.jpg,cat\n4.jpg,dog\n" },
      "multi-label",
    ],
    ["several ones in a row", { "l.csv": "file,cat,dog\n1.jpg,1,1\n2.jpg,1,0\n3.jpg,0,1\n4.jpg,1,1\n" }, "multi-label"],
    [
      "several labels in JSON",
      { "l.json": JSON.stringify([1, 2, 3, 4].map((at) => ({ file: `${at}.jpg`, labels: ["cat", "dog"] }))) },
      "multi-label",
    ],
    [
      "boxes in a CSV",
      {
        "l.csv":
          "filename,width,height,class,xmin,ymin,xmax,ymax\n1.jpg,9,9,cat,0,0,4,4\n2.jpg,9,9,dog,0,0,4,4\n3.jpg,9,9,dog,1,1,2,2\n4.jpg,9,9,cat,1,1,2,2\n",
      },
      "boxes",
    ],
    [
      "boxes in COCO’s JSON",
      {
        "l.json": JSON.stringify({
          images: [{ id: 1, file_name: "1.jpg" }],
          annotations: [{ image_id: 1, category_id: 1, bbox: [1, 2, 3, 4] }],
          categories: [{ id: 1, name: "cat" }],
        }),
      },
      "boxes",
    ],
    [
      "boxes in YOLO’s text files",
      Object.fromEntries([1, 2, 3, 4].map((at) => [`labels/${at}.txt`, "0 0.5 0.5 0.2 0.2\n"])),
      "boxes",
    ],
    [
      "boxes in Pascal VOC’s XML",
      Object.fromEntries(
        [1, 2, 3, 4].map((at) => [
          `Annotations/${at}.xml`,
          "<annotation><object><bndbox><xmin>1</xmin></bndbox></object></annotation>",
        ]),
      ),
      "boxes",
    ],
    [
      "outlines",
      { "train.csv": "ImageId,EncodedPixels\n1.jpg,1 3\n2.jpg,4 9\n3.jpg,1 1\n4.jpg,2 5\n" },
      "segmentations",
    ],
    ["a damaged table", { "l.json": '[{"file": "1.jpg", "label": "ca' }, "damaged-table"],
    [
      "a table without labels",
      { "l.csv": "file,note\n1.jpg,one\n2.jpg,two\n3.jpg,three\n4.jpg,four\n" },
      "no-label-column",
    ],
  ])("%s", async (_, others, remark) => {
    const readings = await readTree(treeOf(many("", 5, ".jpg"), others));
    expect(readings.map(({ understood, remarks }) => [understood.layout, remarks.map((each) => each.remark)])).toEqual([
      ["no-classes", [remark]],
    ]);
    expect(readings.map(counted)).toEqual([{ "-": 5 }]);
  });
});

test("a table that is cut short labels the photos that it names", async () => {
  const others = { "labels.csv": "file,label\n1.jpg,cat\n2.jpg,cat\n3.jpg,dog\n5.jpg,dog\n6.jp" };
  const photos = [1, 2, 3, 4, 5, 6].map((at) => `images/${at}.jpg`);
  expect((await readTree(treeOf(photos, others))).map(counted)).toEqual([{ cat: 2, dog: 2, Unsorted: 2 }]);
});

test("JSON Lines that are cut short label the photos that they name", async () => {
  const lines = jsonLines([1, 2, 3, 4].map((at) => ({ file_name: `${at}.jpg`, label: at % 2 ? "cat" : "dog" })));
  const readings = await readTree(treeOf(FOUR, { "metadata.jsonl": lines.slice(0, -8) }));
  expect(readings.map(counted)).toEqual([{ cat: 2, dog: 1, Unsorted: 1 }]);
});

test("several columns that may be meant are asked about", async () => {
  const others = {
    "birds.csv": "file,colour,place\n1.jpg,red,wood\n2.jpg,red,lake\n3.jpg,blue,wood\n4.jpg,blue,lake\n",
  };
  expect((await readTree(treeOf(FOUR, others))).map(counted)).toEqual([
    { red: 2, blue: 2 },
    { wood: 2, lake: 2 },
  ]);
});

test("a table and folders that contradict each other are asked about", async () => {
  const photos = [...many("left/a", 2), ...many("right/b", 2)];
  const others = { "labels.csv": "file,label\na0.png,cat\na1.png,dog\nb0.png,cat\nb1.png,dog\n" };
  expect((await readTree(treeOf(photos, others))).map(counted)).toEqual([
    { cat: 2, dog: 2 },
    { left: 2, right: 2 },
  ]);
});

test("measures beside folders that make classes are no labels", async () => {
  const photos = [...many("left/a", 2), ...many("right/b", 2)];
  const others = { "sizes.csv": "file,sex\na0.png,f\na1.png,m\nb0.png,f\nb1.png,m\n" };
  expect((await readTree(treeOf(photos, others))).map(counted)).toEqual([{ left: 2, right: 2 }]);
});
