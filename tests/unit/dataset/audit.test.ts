import { describe, expect, test } from "vitest";
import { words } from "../../../src/app/words/words.ts";
import { type PhotoLooks, type Sample, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { findLabelIssues } from "../../../src/dataset/label-issues.ts";
import { looksOf } from "../../../src/dataset/looks.ts";
import { groupsOf, matchNeeded } from "../../../src/dataset/near-duplicates.ts";
import { hashDistance, hashWords, perceptualHash } from "../../../src/dataset/perceptual-hash.ts";
import { createRandom } from "../../../src/dataset/random.ts";
import { median, robustScores } from "../../../src/dataset/robust.ts";
import { suspicionsOf } from "../../../src/dataset/suspicions.ts";

/** A smooth picture, drawn from a seed at any size. */
function picture(seed: number, width: number, height: number): Float32Array {
  const random = createRandom(seed);
  const waves = Array.from({ length: 6 }, () => [random() * 12, random() * 12, random() * 6, random()] as const);
  return Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [(at % width) / width, Math.floor(at / width) / height];
    const sum = waves.reduce((all, [u, v, shift, weight]) => all + weight * Math.sin(u * x + v * y + shift), 0);
    return Math.min(1, Math.max(0, 0.5 + sum / 6));
  });
}

const distance = (a: string, b: string) => hashDistance(hashWords(a), hashWords(b));

describe("the perceptual hash", () => {
  test("is the same for a picture of another size or light, and another for another picture", () => {
    const hash = perceptualHash(picture(1, 192, 144), 192, 144);
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(distance(hash, perceptualHash(picture(1, 96, 72), 96, 72))).toBeLessThanOrEqual(2);
    const darker = picture(1, 192, 144).map((value) => 0.6 * value);
    expect(distance(hash, perceptualHash(darker, 192, 144))).toBeLessThanOrEqual(2);
    expect(distance(hash, perceptualHash(picture(2, 192, 144), 192, 144))).toBeGreaterThan(14);
  });

  test("distance counts bits", () => {
    expect(distance("0000000000000000", "8000000000000001")).toBe(2);
    expect(distance("ffffffffffffffff", "0000000000000000")).toBe(64);
  });
});

test("looks are measured from light", () => {
  const flat = new Uint8ClampedArray(4 * 100).fill(255);
  expect(looksOf(flat, 10, 10)).toMatchObject({ sharpness: 0, brightness: 1 });
  // A chessboard of black and white: half as bright; the Laplacian is +4 or −4 everywhere.
  const board = Uint8ClampedArray.from({ length: 400 }, (_, at) => {
    const pixel = at >> 2;
    return at % 4 === 3 || ((pixel % 10) + Math.floor(pixel / 10)) % 2 ? 255 : 0;
  });
  const { sharpness, brightness } = looksOf(board, 10, 10);
  expect(sharpness).toBeCloseTo(16, 4);
  expect(brightness).toBeCloseTo(0.5, 5);
});

/** Photos `a`, `b` … of one class. */
function classOf(classId: string, photos: number): Sample[] {
  return Array.from({ length: photos }, (_, at) => {
    const photo = String.fromCharCode(97 + at);
    return { ...UNTOUCHED, photo, classId, fileName: photo, width: 10, height: 10, fixedSplit: null, looks: null };
  });
}

describe("near-duplicates", () => {
  // The cosine asked for rises from 0.5 at 8 bits to 0.95 at 30: at 19 bits it is 0.725.
  test.each([
    [0.01, 4, 0],
    [-0.01, 4, null],
    [0.51, 8, 0],
    [0.49, 8, 0.9],
    [-0.01, 8, null],
    [0.51, 9, null],
    [0.53, 9, 0.9],
    [0.73, 19, 0.9],
    [0.72, 19, 0.95],
    [0.59, 19, null],
    [0.61, 40, 0.95],
    [0.95, 64, 0.9],
  ])("a cosine of %d and %d different bits ask for a match of %d", (cosine, bits, expected) => {
    expect(matchNeeded(cosine, bits)).toBe(expected);
  });

  test("pairs become groups, but a chain of small steps does not join everything", () => {
    const pair = (a: string, b: string, cosine: number) => ({ a, b, cosine });
    const samples = classOf("many", 30);
    expect(groupsOf([pair("a", "b", 0.99), pair("b", "c", 0.98), pair("x", "y", 0.9)], samples)).toEqual([
      ["a", "b", "c"],
      ["x", "y"],
    ]);
    const chain = ["a", "b", "c", "d", "e", "f"].map((name, at, all) => pair(name, all[at + 1] ?? "g", 0.9 - at / 100));
    expect(groupsOf(chain, samples).every((group) => group.length <= 3)).toBe(true);
  });

  test("where a whole class is alike, a third of it at most is one group", () => {
    const samples = classOf("film", 12);
    const pairs = samples.flatMap((a, at) =>
      samples.slice(at + 1).map((b, by) => ({ a: a.photo, b: b.photo, cosine: 0.99 - by / 100 })),
    );
    const groups = groupsOf(pairs, samples);
    expect(groups.flat()).toHaveLength(12);
    expect(Math.max(...groups.map((group) => group.length))).toBe(4);
  });
});

describe("label issues", () => {
  // Thresholds by hand: class 0 (0.9 + 0.8 + 0.1) / 3 = 0.6; class 1 (0.8 + 0.9 + 0.3) / 3 = 0.67.
  const predictions = [
    { label: 0, probabilities: [0.9, 0.1] },
    { label: 0, probabilities: [0.8, 0.2] },
    { label: 0, probabilities: [0.1, 0.9] },
    { label: 1, probabilities: [0.2, 0.8] },
    { label: 1, probabilities: [0.1, 0.9] },
    { label: 1, probabilities: [0.7, 0.3] },
  ];

  test("are photos that confidently belong elsewhere, the surest first", () => {
    const issues = findLabelIssues(predictions, 2);
    expect(issues.map(({ at, suggested }) => [at, suggested])).toEqual([
      [2, 1],
      [5, 0],
    ]);
    expect(issues.map(({ doubt }) => doubt)).toEqual([expect.closeTo(0.9), expect.closeTo(0.7)]);
  });
});

test("robust scores are not moved by what is odd", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  // Median 3; deviations 2, 1, 0, 1, 97; their median 1.
  expect(robustScores([1, 2, 3, 4, 100]).at(-1)).toBeCloseTo(97 / 1.4826, 6);
  expect(robustScores([2, 2, 2, 9])).toEqual([0, 0, 0, 0]);
});

describe("suspicions", () => {
  const looks = (change: Partial<PhotoLooks> = {}): PhotoLooks => ({
    ...{ hash: "0".repeat(16), sharpness: 0.01, brightness: 0.5 },
    ...change,
  });
  const sample = (photo: string, change: Partial<Sample> = {}): Sample => ({
    ...UNTOUCHED,
    ...{ photo, classId: "cat", fileName: `${photo}.jpg`, width: 500, height: 400, fixedSplit: null, looks: looks() },
    ...change,
  });
  const twenty = Array.from({ length: 20 }, (_, at) =>
    sample(`p${at}`, { looks: looks({ brightness: 0.45 + at / 200, sharpness: 0.01 + at / 1000 }) }),
  );
  const evidence = {
    samples: twenty,
    groups: [] as string[][],
    classIds: ["cat", "dog"],
    probabilities: new Map<string, number[]>(),
    closeness: new Map(twenty.map(({ photo }, at) => [photo, 0.6 + at / 200])),
    inputSize: 224,
  };
  const kinds = (change: Partial<typeof evidence>) =>
    suspicionsOf({ ...evidence, ...change }).map(({ kind, photo }) => `${kind} ${photo}`);

  test("there are none among ordinary photos", () => {
    expect(kinds({})).toEqual([]);
  });

  test.each([
    ["dark", { looks: looks({ brightness: 0.03 }) }],
    ["bright", { looks: looks({ brightness: 0.97 }) }],
    ["blurred", { looks: looks({ sharpness: 0.0001 }) }],
    ["tiny", { width: 40, height: 300 }],
  ])("a %s photo", (kind, change) => {
    expect(kinds({ samples: [...twenty, sample("odd", change)] })).toEqual([`${kind} odd`]);
  });

  test("where all photos are dark, none is called so", () => {
    const night = twenty.map((each, at) => ({ ...each, looks: looks({ brightness: 0.02 + at / 1000 }) }));
    expect(kinds({ samples: night })).toEqual([]);
  });

  test("an outlier lies far from its class", () => {
    const closeness = new Map(evidence.closeness).set("odd", 0.1);
    expect(kinds({ samples: [...twenty, sample("odd")], closeness })).toEqual(["outlier odd"]);
  });

  test("a wrong label comes first, a cleared or excluded photo not at all", () => {
    const probabilities = new Map(twenty.map(({ photo }, at) => [photo, at < 3 ? [0.02, 0.98] : [0.95, 0.05]]));
    const samples = twenty.map((each, at) => ({
      ...each,
      cleared: at === 1 ? (["label"] as const) : [],
      excluded: at === 2,
    }));
    const dark = sample("odd", { looks: looks({ brightness: 0.03 }) });
    expect(kinds({ samples: [...samples, dark], probabilities })).toEqual(["label p0", "dark odd"]);
    const [first] = suspicionsOf({ ...evidence, probabilities });
    expect(first?.suggestion).toEqual({ classId: "dog", probability: 0.98 });
  });

  test("near-duplicates are named once, those of a test photo as leaks, those of one recording not at all", () => {
    const photos = [
      ...twenty,
      ...["f1", "f2"].map((photo) => sample(photo, { burst: "film" })),
      sample("t", { fixedSplit: "test" }),
      sample("u", { fixedSplit: "train" }),
    ];
    const groups = [
      ["p0", "p1"],
      ["f1", "f2"],
      ["t", "u"],
    ];
    expect(kinds({ samples: photos, groups })).toEqual(["leak u", "duplicate p1"]);
  });

  test("are said in a sentence", () => {
    const { label, duplicate } = words.review.reasons;
    const suggestion = { className: "dog", probability: 0.5 };
    expect(label({ suggestion, others: [] })).toBe("Looks like dog (50.0%)");
    const others = ["a.jpg", "b.jpg", "c.jpg"];
    expect(duplicate({ suggestion: null, others })).toBe("Nearly the same as a.jpg and 2 more");
  });
});
