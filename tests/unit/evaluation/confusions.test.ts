import { describe, expect, test } from "vitest";
import { confusionsOf, similarityOrder } from "../../../src/evaluation/confusions.ts";

describe("confusions", () => {
  test("come with the most photos first, then with the largest share", () => {
    const confusion = [
      [5, 2, 0],
      [2, 0, 0],
      [1, 0, 9],
    ];
    expect(confusionsOf(confusion)).toEqual([
      { actual: 1, predicted: 0, photos: 2, share: 1 },
      { actual: 0, predicted: 1, photos: 2, share: 2 / 7 },
      { actual: 2, predicted: 0, photos: 1, share: 0.1 },
    ]);
  });
});

describe("the order by similarity", () => {
  test("puts classes together that are taken for each other", () => {
    // 0 with 3, 1 with 4, 2 with 5, and 3 a little with 1.
    const confusion = matrix(6, [
      [0, 3, 4],
      [4, 1, 5],
      [2, 5, 3],
      [3, 1, 1],
    ]);
    expect(similarityOrder(confusion)).toEqual([0, 3, 1, 4, 2, 5]);
  });

  test("has planted groups in one piece each, every class once", () => {
    const groups = [
      [0, 7, 9, 4],
      [1, 8, 3],
      [2, 5, 6],
    ];
    const within = groups.flatMap((group) => group.flatMap((a) => group.map((b) => [a, b, a === b ? 0 : 3])));
    const order = similarityOrder(matrix(10, [...within, [0, 1, 1], [3, 5, 1]]));
    expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const group of groups) {
      const places = group.map((label) => order.indexOf(label));
      expect(Math.max(...places) - Math.min(...places)).toBe(group.length - 1);
    }
  });

  test("is that of the data where nothing is confused", () => {
    expect(similarityOrder(matrix(4, []))).toEqual([0, 1, 2, 3]);
  });
});

/** Ten photos of each class called right, and `[actual, predicted, photos]` beside them. */
function matrix(classes: number, confused: readonly (readonly number[])[]): number[][] {
  const counts = Array.from({ length: classes }, (_, actual) =>
    Array.from({ length: classes }, (_, predicted) => (actual === predicted ? 10 : 0)),
  );
  for (const [actual = 0, predicted = 0, photos = 0] of confused) {
    if (photos) (counts[actual] as number[])[predicted] = photos;
  }
  return counts;
}
