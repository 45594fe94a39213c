import { expect, test } from "vitest";
import { words } from "../../../src/app/words/words.ts";
import { type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { readiness } from "../../../src/dataset/readiness.ts";
import { countOf, recordingsOf } from "../../../src/dataset/recordings.ts";
import { splitSamples } from "../../../src/dataset/split.ts";

const filmed = (classId: string, bursts: readonly (string | null)[]): Sample[] =>
  bursts.map((burst, at) => ({
    ...UNTOUCHED,
    ...{ photo: `${classId}${at}`, classId, fileName: `${at}.jpg`, width: 4, height: 3, fixedSplit: null, looks: null },
    burst,
  }));
const CLASSES = [
  { id: "cup", name: "Cup" },
  { id: "pen", name: "Pen" },
];
const hints = (cup: readonly (string | null)[]) =>
  readiness({ classes: CLASSES, samples: [...filmed("cup", cup), ...filmed("pen", Array(30).fill(null))] })
    .hints.filter(({ code }) => code === "class/few-recordings")
    .map((hint) => ("recordings" in hint ? hint.recordings : null));

test("photos are counted by recording, in the order in which they came, and single ones together", () => {
  const recordings = recordingsOf(filmed("cup", ["b", "b", null, "a", "c", "c", "c", "b"]));
  expect(recordings).toEqual({ long: [3, 3], single: 1 });
  expect(countOf(recordings)).toBe(3);
  expect(words.capture.recordings(recordings)).toBe("Recording 1: 3 photos, Recording 2: 3 photos, 1 single photo");
  const many = { long: [1, 2, 3, 4, 5, 6, 7, 8].map((number) => number * 2), single: 0 };
  expect(words.capture.recordings(many)).toMatch(/^2 earlier recordings, Recording 3: 6 photos, .*8: 16 photos$/);
});

test("a class of fewer than three recordings is told so, unless other photos or fixed splits make a test possible", () => {
  const long = (burst: string) => Array<string>(10).fill(burst);
  expect(hints(long("a"))).toEqual([1]);
  expect(hints([...long("a"), ...long("b")])).toEqual([2]);
  expect(hints([...long("a"), ...long("b"), ...long("c")])).toEqual([]);
  expect(hints([...long("a"), null])).toEqual([]);
});

test("three recordings are enough: none is in two splits, and each split has one", () => {
  const cup = filmed("cup", [..."aaaaaaaaaabbbbbbbbbbcccccccccc"]);
  const splits = splitSamples(
    { classes: CLASSES, samples: [...cup, ...filmed("pen", Array(30).fill(null))] },
    { validationShare: 0.15, testShare: 0.15, seed: 1 },
  );
  const of = (burst: string) => [
    ...new Set(cup.filter((each) => each.burst === burst).map(({ photo }) => splits.get(photo))),
  ];
  expect([of("a"), of("b"), of("c")].flat().sort()).toEqual(["test", "train", "validation"]);
});
