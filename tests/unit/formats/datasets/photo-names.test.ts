/** Classes from file names: the longest common part that makes two or more classes of two or more photos. */
import { expect, test } from "vitest";
import { readTree } from "../../../../src/formats/datasets/layouts.ts";
import { counted, many, treeOf } from "./tree.ts";

const cats = (beginning: (animal: string) => string, ending = ".jpg") =>
  ["cat", "dog"].flatMap((animal) => many(beginning(animal), 3, ending));

test.each([
  ["cat.0.jpg", cats((animal) => `train/${animal}.`), { cat: 3, dog: 3 }],
  ["cat_12.png", cats((animal) => `${animal}_`), { cat: 3, dog: 3 }],
  ["cat (3).jpg", cats((animal) => `${animal} (`, ").jpg"), { cat: 3, dog: 3 }],
  ["IMG_cat_001.jpg", cats((animal) => `IMG_${animal}_00`), { cat: 3, dog: 3 }],
  ["2024-05-01_cat_3.jpg", cats((animal) => `2024-05-01_${animal}_`), { cat: 3, dog: 3 }],
  [
    "001-cat.jpg",
    [..."123456"].map((number) => `00${number}-${Number(number) % 2 ? "cat" : "dog"}.jpg`),
    { cat: 3, dog: 3 },
  ],
  ["cat3.jpg", cats((animal) => animal), { cat: 3, dog: 3 }],
  ["Cat and cat are one", [...many("a/Cat_", 2), ...many("b/cat_", 1), ...many("a/dog_", 2)], null],
  [
    "american_bulldog_1.jpg, of which the longest part counts",
    ["american_bulldog_", "american_pit_bull_", "Bengal_"].flatMap((name) => many(name, 2)),
    { american_bulldog: 2, american_pit_bull: 2, Bengal: 2 },
  ],
  [
    "what all names begin with is left out",
    ["fruit_apple_", "fruit_pear_"].flatMap((name) => many(name, 2)),
    { apple: 2, pear: 2 },
  ],
  [
    "words that differ from photo to photo behind the class",
    ["cat_garden_1", "cat_sofa_2", "dog_tree_3", "dog_car_4"].map((name) => `${name}.jpg`),
    { cat: 2, dog: 2 },
  ],
  ["猫_1.png", ["猫_", "犬_"].flatMap((name) => many(name, 2)), { 猫: 2, 犬: 2 }],
  ["n01443537_1.JPEG", ["n01443537_", "n01629819_"].flatMap((name) => many(name, 2)), { n01443537: 2, n01629819: 2 }],
  [
    "Dogs vs. Cats, whose test1 has no labels",
    [...cats((animal) => `train/${animal}.`), ...many("test1/", 3, ".jpg")],
    { cat: 3, dog: 3, Unsorted: 3 },
  ],
  [
    "splits hold where there are several",
    [...cats((animal) => `train/${animal}.`), ...cats((animal) => `test/${animal}.`)],
    { "cat train": 3, "dog train": 3, "cat test": 3, "dog test": 3 },
  ],
])("%s", async (_, photos, expected) => {
  const [reading, ...others] = await readTree(treeOf(photos));
  if (expected === null) return expect(reading.understood.layout).toBe("folders");
  expect(reading.understood).toEqual({ layout: "file-names" });
  expect(counted(reading)).toEqual(expected);
  expect(others).toEqual([]);
});

test.each([
  ["numbers", many("", 6)],
  ["cameras", [...many("IMG_", 3), ...many("DSC_", 3)]],
  ["dates", [...many("2024-05-01_", 3), ...many("2024-06-01_", 3)]],
  ["one word for all", many("photo of cat ", 4)],
  ["hashes", ["f4dbdf21", "83dcefb7", "1ad5be0d", "fa005713", "fa8d0767", "deadbeef"].map((name) => `${name}.png`)],
  ["words of which each is there once", ["cat.jpg", "dog.jpg", "bird.jpg"]],
])("%s make no classes", async (_, photos) => {
  const readings = await readTree(treeOf(photos));
  expect(readings.map(({ understood }) => understood.layout)).toEqual(["no-classes"]);
});

test("one folder whose file names hold classes may be meant either way, so it is asked", async () => {
  const readings = await readTree(treeOf(cats((animal) => `pets/${animal}_`)));
  expect(readings.map(counted)).toEqual([{ pets: 6 }, { cat: 3, dog: 3 }]);
});

test("folders that make classes are not overruled by file names", async () => {
  const photos = [...many("left/cat_", 2), ...many("left/dog_", 2), ...many("right/cat_", 2)];
  expect((await readTree(treeOf(photos))).map(counted)).toEqual([{ left: 4, right: 2 }]);
});
