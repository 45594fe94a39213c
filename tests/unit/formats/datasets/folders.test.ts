/** Folders, read as a whole. The expectations are the folder rule's own sentences and the public data sets' own descriptions. */
import { describe, expect, test } from "vitest";
import { readTree } from "../../../../src/formats/datasets/layouts.ts";
import { counted, many, treeOf } from "./tree.ts";

interface Case {
  readonly title: string;
  readonly photos: readonly string[];
  readonly expected: Readonly<Record<string, number>>;
  readonly others?: Readonly<Record<string, string>>;
}

const CLEAR: readonly Case[] = [
  {
    title: "a folder per class",
    photos: [...many("set/cat/", 3), ...many("set/dog/", 2)],
    expected: { cat: 3, dog: 2 },
  },
  {
    title: "two folders dropped side by side",
    photos: [...many("cat/", 3), ...many("dog/", 2)],
    expected: { cat: 3, dog: 2 },
  },
  { title: "one folder of photos alone is one class", photos: many("cat/", 3), expected: { cat: 3 } },
  { title: "one folder called “images” alone", photos: many("images/", 3), expected: { images: 3 } },
  { title: "loose photos have no class", photos: ["a.png", "b.png"], expected: { "-": 2 } },
  {
    title: "splits above classes",
    photos: [...many("set/train/cat/", 4), ...many("set/valid/cat/", 2), ...many("set/TEST/dog/", 2)],
    expected: { "cat train": 4, "cat validation": 2, "dog test": 2 },
  },
  {
    title: "Training and Testing, as brain tumour sets have it",
    photos: [...many("b/Training/ring/", 3), ...many("b/Testing/ring/", 2), ...many("b/Testing/bar/", 1)],
    expected: { "ring train": 3, "ring test": 2, "bar test": 1 },
  },
  {
    title: "Intel’s scenes: seg_train, seg_test and unlabelled seg_pred",
    photos: [
      ...many("seg_train/seg_train/forest/", 3),
      ...many("seg_train/seg_train/sea/", 3),
      ...many("seg_test/seg_test/forest/", 2),
      ...many("seg_pred/seg_pred/", 4),
    ],
    expected: { "forest train": 3, "sea train": 3, "forest test": 2, Unsorted: 4 },
  },
  {
    title: "training_set and test_set, single_prediction unlabelled",
    photos: [
      ...many("dataset/training_set/cats/cat.", 3),
      ...many("dataset/test_set/dogs/dog.", 2),
      ...many("dataset/single_prediction/cat_or_dog_", 2),
    ],
    expected: { "cats train": 3, "dogs test": 2, Unsorted: 2 },
  },
  {
    title: "train, dev, eval and unlabeled",
    photos: [...many("train/a/", 2), ...many("dev/b/", 2), ...many("eval/a/", 2), ...many("unlabeled/", 2)],
    expected: { "a train": 2, "b validation": 2, "a test": 2, Unsorted: 2 },
  },
  {
    title: "splits below classes",
    photos: ["cat", "dog"].flatMap((name) => [
      ...many(`animals/${name}/train/`, 3),
      ...many(`animals/${name}/test/`, 2),
    ]),
    expected: { "cat train": 3, "cat test": 2, "dog train": 3, "dog test": 2 },
  },
  {
    title: "splits above classes, images below",
    photos: ["train", "val"].flatMap((split) => ["a", "b"].flatMap((name) => many(`${split}/${name}/images/`, 2))),
    expected: { "a train": 2, "b train": 2, "a validation": 2, "b validation": 2 },
  },
  {
    title: "a class called “train” among others",
    photos: ["bus", "car", "train"].flatMap((name) => many(`vehicles/${name}/`, 5)),
    expected: { bus: 5, car: 5, train: 5 },
  },
  {
    title: "a class called “train” within splits",
    photos: ["train", "val"].flatMap((split) => ["bus", "train"].flatMap((name) => many(`${split}/${name}/`, 2))),
    expected: { "bus train": 2, "train train": 2, "bus validation": 2, "train validation": 2 },
  },
  {
    title: "cats and dogs, each indoor and outdoor",
    photos: ["cats", "dogs"].flatMap((pet) =>
      ["indoor", "outdoor"].flatMap((where) => many(`pets/${pet}/${where}/`, 4)),
    ),
    expected: { cats: 8, dogs: 8 },
  },
  {
    title: "numbered folders within classes",
    photos: ["cats", "dogs"].flatMap((pet) => ["001", "002"].flatMap((day) => many(`${pet}/${pet}${day}/`, 2))),
    expected: { cats: 4, dogs: 4 },
  },
  {
    title: "years above classes are no classes",
    photos: ["2023", "2024"].flatMap((year) => ["cats", "dogs"].flatMap((pet) => many(`pets/${year}/${pet}/`, 2))),
    expected: { cats: 4, dogs: 4 },
  },
  {
    title: "sites above classes are no classes",
    photos: ["site A", "site B"].flatMap((site) => ["cats", "dogs"].flatMap((pet) => many(`${site}/${pet}/`, 2))),
    expected: { cats: 4, dogs: 4 },
  },
  {
    title: "MVTec: the masks under ground_truth are left out",
    photos: [
      ...many("bottle/train/good/", 6),
      ...many("bottle/test/good/t", 3),
      ...many("bottle/test/broken/", 3),
      ...many("bottle/ground_truth/broken/", 3, "_mask.png"),
    ],
    expected: { "good train": 6, "good test": 3, "broken test": 3 },
  },
  {
    title: "masks beside the photos of two classes",
    photos: ["benign", "normal"].flatMap((name) => [...many(`${name}/images/`, 3), ...many(`${name}/masks/`, 3)]),
    expected: { benign: 3, normal: 3 },
  },
  {
    title: "people with and without a mask are no masks",
    photos: [...many("faces/mask/", 3), ...many("faces/no mask/", 3)],
    expected: { mask: 3, "no mask": 3 },
  },
  {
    title: "the photo set’s own folders",
    photos: [...many("train/cat/", 2), ...many("excluded/dog/", 1), ...many("test/dog/", 1), ...many("Unsorted/", 2)],
    expected: { "cat train": 2, "dog excluded": 1, "dog test": 1, Unsorted: 2 },
  },
  {
    title: "photos directly in split folders have a split and no class",
    photos: [...many("set/train/", 2), ...many("set/test/", 1)],
    expected: { "- train": 2, "- test": 1 },
  },
];

test.each(CLEAR.map((each) => [each.title, each] as const))("%s", async (_, { photos, others, expected }) => {
  const readings = await readTree(treeOf(photos, others));
  expect(readings.map(counted)).toEqual([expected]);
});

test("kinds within kinds may be meant either way, so it is asked", async () => {
  const photos = ["cats/siamese", "cats/persian", "dogs/pug", "dogs/beagle"].flatMap((folder) => many(`${folder}/`, 2));
  expect((await readTree(treeOf(photos))).map(counted)).toEqual([
    { siamese: 2, persian: 2, pug: 2, beagle: 2 },
    { cats: 4, dogs: 4 },
  ]);
});

test("folders of which only some repeat are asked about, the upper ones first", async () => {
  const photos = ["cats/siamese", "cats/persian", "cats/mixed", "dogs/pug", "dogs/mixed"].flatMap((folder) =>
    many(`${folder}/`, 2),
  );
  expect((await readTree(treeOf(photos))).map(counted)).toEqual([
    { cats: 6, dogs: 4 },
    { siamese: 2, persian: 2, mixed: 4, pug: 2 },
  ]);
});

test("what is left out or waits is said", async () => {
  const photos = [...many("train/a/", 2), ...many("test/b/", 2), ...many("ground_truth/b/", 3), ...many("test1/", 4)];
  const [{ remarks }] = await readTree(treeOf(photos));
  expect(remarks).toEqual([
    { remark: "masks", photos: 3 },
    { remark: "unlabelled", folders: ["test1"], photos: 4 },
  ]);
});

describe("the folder rule, a single photo", () => {
  test.each([
    ["cat.jpg", null, null],
    ["photos/cats/1.jpg", "cats", null],
    ["set/train/cats/1.jpg", "cats", "train"],
    ["set/VALID/cats/1.jpg", "cats", "validation"],
    ["set/val/cats/1.jpg", "cats", "validation"],
    ["set/test/cats/1.jpg", "cats", "test"],
    ["set/test/1.jpg", null, "test"],
    ["set/test/cats/kittens/1.jpg", "kittens", "test"],
    ["cats/cafe\u0301", "cats", null],
    ["cafe\u0301/1.jpg", "caf\u00e9", null],
  ])("%s", async (path, className, fixedSplit) => {
    const [{ labels }] = await readTree(treeOf([path]));
    expect(labels.get(path)).toEqual({ className, fixedSplit, excluded: false });
  });

  test.each(["cats/.DS_Store", "__MACOSX/cats/._1.jpg", "cats/Thumbs.db", ".git/a.jpg", "readme.txt", "labels.csv"])(
    "%s is ignored",
    async (path) => {
      const [{ labels }] = await readTree(treeOf([path]));
      expect(labels.size).toBe(0);
    },
  );
});
