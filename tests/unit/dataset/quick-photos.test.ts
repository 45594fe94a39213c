import { expect, test } from "vitest";
import { type Dataset, type Sample, UNSORTED, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { quickPhotos } from "../../../src/dataset/quick-photos.ts";

function sample(photo: string, classId: string, change: Partial<Sample> = {}): Sample {
  const facts = { fileName: `${photo}.jpg`, width: 8, height: 8, fixedSplit: null, looks: null };
  return { ...UNTOUCHED, ...facts, photo, classId, ...change };
}

const many = (classId: string, count: number, change?: Partial<Sample>) =>
  Array.from({ length: count }, (_, at) => sample(`${classId}${String(at).padStart(4, "0")}`, classId, change));

function dataset(...samples: readonly Sample[]): Dataset {
  const ids = [...new Set(samples.map(({ classId }) => classId))];
  return { classes: ids.map((id) => ({ id, name: id })), samples };
}
const learned = (given: Dataset, most = 300) => quickPhotos(given, most).map(({ photo }) => photo);

test("two classes of three photos are enough, and nothing less", () => {
  expect(learned(dataset(...many("a", 3), ...many("b", 3)))).toHaveLength(6);
  expect(learned(dataset(...many("a", 3), ...many("b", 2)))).toEqual([]);
  expect(learned(dataset(...many("a", 50)))).toEqual([]);
  expect(learned(dataset())).toEqual([]);
});

test("classes take turns, and one with too few photos waits", () => {
  const photos = learned(dataset(...many("a", 4), ...many("b", 3), ...many("c", 2)));
  expect(photos).toEqual(["a0000", "b0000", "a0001", "b0001", "a0002", "b0002", "a0003"]);
});

test("photos that are excluded, unsorted or fixed to testing are not learned from", () => {
  const out = [
    ...many("a", 2, { excluded: true }).map((each) => ({ ...each, photo: `x${each.photo}` })),
    ...many("b", 2, { fixedSplit: "test" }).map((each) => ({ ...each, photo: `t${each.photo}` })),
    ...many(UNSORTED, 5),
  ];
  const kept = [...many("a", 3), ...many("b", 3, { fixedSplit: "validation" })];
  expect(learned(dataset(...out, ...kept)).sort()).toEqual(kept.map(({ photo }) => photo).sort());
  expect(learned(dataset(...many("a", 3), ...many("b", 5, { fixedSplit: "test" })))).toEqual([]);
});

test("of many, small classes give all and large ones an equal part of the rest", () => {
  const photos = learned(dataset(...many("a", 500), ...many("b", 10), ...many("c", 200)), 110);
  const count = (classId: string) => photos.filter((photo) => photo.startsWith(classId)).length;
  expect([count("a"), count("b"), count("c")]).toEqual([50, 10, 50]);
});

test("more photos leave those that were chosen in their places, whatever order they come in", () => {
  const before = dataset(...many("a", 100), ...many("b", 100));
  const shuffled = dataset(...before.samples.toReversed());
  expect(learned(shuffled, 40).sort()).toEqual(learned(before, 40).sort());
  // As hashes fall: one after all that were chosen, and one before them.
  const more = dataset(...before.samples, sample("a9999", "a"), sample("a", "a"));
  expect(learned(more, 40).filter((photo) => !learned(before, 40).includes(photo))).toEqual(["a"]);
});

test("every class keeps enough to be told apart, however many there are", () => {
  const classes = Array.from({ length: 30 }, (_, at) => many(`k${at}-`, 5)).flat();
  expect(learned(dataset(...classes), 48)).toHaveLength(90);
});
