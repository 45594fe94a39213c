/** Pictures are laid over each other; expected numbers are by hand, or numpy's as said. */
import { describe, expect, test } from "vitest";
import { LikestPairs } from "../../../src/dataset/likest-pairs.ts";
import { pictureMatch, type SmallPicture, smallPicture } from "../../../src/dataset/picture-match.ts";
import { shrink } from "../../../src/dataset/shrink.ts";

type Scene = (x: number, y: number) => number;
/** Light 0..1 at places 0..1. */
const hills: Scene = (x, y) => 0.5 + 0.2 * Math.sin(9 * x + 4 * y) + 0.2 * Math.cos(13 * y - 5 * x + 1);
const waves: Scene = (x, y) => 0.5 + 0.2 * Math.sin(21 * x - 3 * y) + 0.2 * Math.cos(6 * y + 17 * x * y);

/** A photo of the part of a scene that begins at `left`, `top` and is `size` wide and high, as `change` makes its light. */
function photo(
  scene: Scene,
  { left = 0, top = 0, size = 1, width = 192, height = 144, change = (light: number) => light } = {},
) {
  const light = Float32Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [((at % width) + 0.5) / width, (Math.floor(at / width) + 0.5) / height];
    return Math.min(1, Math.max(0, change(scene(left + size * x, top + size * y))));
  });
  return smallPicture(light, width, height);
}

test("a grid is shrunk to means of what its cells cover, and repeated when it grows", () => {
  const grid = { width: 3, height: 2, values: new Float32Array([0, 3, 6, 6, 9, 12]) };
  // Rows to two cells: (0 + 3/2) / 1.5 = 1, (3/2 + 6) / 1.5 = 5; 7 and 11; their means.
  expect([...shrink(grid, 2, 1).values]).toEqual([4, 8]);
  expect([...shrink({ width: 2, height: 1, values: new Float32Array([1, 2]) }, 4, 2).values]).toEqual([
    1, 1, 2, 2, 1, 1, 2, 2,
  ]);
});

test("a small picture is 64 pixels at its long side, whatever the photo's size", () => {
  const sizes = [photo(hills), photo(hills, { width: 60, height: 80 }), photo(hills, { width: 32, height: 32 })];
  expect(sizes.map(({ width, height }) => [width, height])).toEqual([
    [64, 48],
    [48, 64],
    [64, 64],
  ]);
  const grey = smallPicture(new Float32Array(100).fill(0.5), 10, 10);
  expect(new Set(grey.light)).toEqual(new Set([128]));
});

describe("pictures match", () => {
  const whole = photo(hills);
  test("where they are the same, darker, lighter or of less contrast", () => {
    expect(pictureMatch(whole, whole)).toBeCloseTo(1, 6);
    expect(pictureMatch(whole, photo(hills, { change: (light) => 0.5 * light }))).toBeGreaterThan(0.99);
    expect(pictureMatch(photo(hills, { change: (light) => 0.3 + 0.4 * light }), whole)).toBeGreaterThan(0.99);
  });

  test.each([0.95, 0.9, 0.8, 0.7, 0.6])("where one is cut out of the other, %d of its sides", (size) => {
    const cut = photo(hills, { size, left: 0.9 * (1 - size), top: 0.2 * (1 - size) });
    expect(pictureMatch(whole, cut)).toBeGreaterThan(0.95);
    expect(pictureMatch(cut, whole)).toBeGreaterThan(0.95);
  });

  test("where the camera has moved by a tenth", () => {
    expect(pictureMatch(whole, photo(hills, { left: 0.1, top: -0.1 }))).toBeGreaterThan(0.95);
  });

  test("where one is a square cut out of the other", () => {
    const square = photo((x, y) => hills(0.125 + 0.75 * x, y), { width: 144, height: 144 });
    expect(pictureMatch(whole, square)).toBeGreaterThan(0.95);
  });
});

describe("pictures do not match", () => {
  test("where they show something else, or the same turned inside out", () => {
    expect(pictureMatch(photo(hills), photo(waves))).toBeLessThan(0.7);
    expect(pictureMatch(photo(hills), photo(hills, { change: (light) => 1 - light }))).toBeLessThan(0.7);
  });

  test("where one is flat", () => {
    expect(
      pictureMatch(
        photo(hills),
        photo(() => 0.5),
      ),
    ).toBe(0);
    expect(
      pictureMatch(
        photo(() => 0.2),
        photo(() => 0.5),
      ),
    ).toBe(0);
  });
});

test("the match of pictures that lie on each other best as they are is Pearson's correlation", () => {
  // A small square of light within a large one, and the same with noise that is written out; numpy.corrcoef gives 0.9773.
  const square = (change: (at: number) => number): SmallPicture => ({
    ...{ width: 64, height: 64 },
    light: Uint8Array.from({ length: 64 * 64 }, (_, at) => {
      const [x, y] = [at % 64, at >> 6];
      return (x > 10 && x < 30 && y > 20 && y < 50 ? 200 : 40) + change(at);
    }),
  });
  const match = pictureMatch(
    square(() => 0),
    square((at) => (at * 7919) % 41),
  );
  expect(match).toBeCloseTo(0.9773, 3);
});

test("of many pairs each item's likest are kept, each pair once", () => {
  const pairs = new LikestPairs(5, 1);
  for (const [a, b, cosine] of [
    [0, 1, 0.5],
    [0, 2, 0.9],
    [1, 2, 0.6],
    [1, 3, 0.7],
    [2, 3, 0.8],
  ] as const) {
    pairs.add(a, b, cosine);
  }
  // 0 and 2 are each other's likest; 1's likest is 3, and 3's is 2; 4 has none.
  expect(pairs.pairs().map(({ a, b, cosine }) => [a, b, Math.round(100 * cosine)])).toEqual([
    [0, 2, 90],
    [1, 3, 70],
    [2, 3, 80],
  ]);
});
