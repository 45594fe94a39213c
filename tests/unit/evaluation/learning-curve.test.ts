/** Power laws, against scipy's curve_fit (tests/fixtures/make_learning_curves.py), and what they say of more photos. */
import { describe, expect, test } from "vitest";
import { errorAt, fitPowerLaw } from "../../../src/evaluation/learning-curve.ts";
import { morePhotos, type PartTried } from "../../../src/evaluation/more-photos.ts";
import cases from "../../fixtures/learning-curves.json" with { type: "json" };

describe("a power law through points", () => {
  test.each(cases.map((each, at) => [at, each] as const))("case %i is scipy’s", (_, { points, distance, errors }) => {
    const law = fitPowerLaw(points);
    const own = points.reduce((sum, { photos, error }) => sum + (errorAt(law, photos) - error) ** 2, 0) / points.length;
    expect(own).toBeCloseTo(distance, 8);
    for (const [photos, expected] of Object.entries(errors)) {
      expect(Math.abs(errorAt(law, Number(photos)) - expected)).toBeLessThan(1e-4);
    }
  });
});

/**
 * Five folds of 40 photos of each class, that each share learned from. @param errors the law of each class's mistakes
 */
function partsBy(errors: readonly ((photos: number) => number)[]): PartTried[] {
  return [0.25, 0.5, 0.75, 1].flatMap((share) =>
    [0, 1, 2, 3, 4].map((fold) => ({
      ...{ share, fold },
      learned: errors.map(() => 160 * share),
      tested: errors.map(() => 40),
      // Folds differ a little.
      mistakes: errors.map((error) => 40 * error(160 * share) * (0.9 + 0.05 * fold)),
    })),
  );
}

describe("whether more photos would help", () => {
  const steep = (photos: number) => 2 / Math.sqrt(photos);
  const gentle = (photos: number) => 0.4 / Math.sqrt(photos);

  test("most those of the class whose mistakes still fall", () => {
    const found = morePhotos(partsBy([gentle, steep]), [200, 200], 1);
    expect(found.helpsMost).toBe(1);
    expect(found.added).toBe(100);
    const gain = found.classes[1]?.gain;
    expect(gain?.value).toBeCloseTo(steep(200) - steep(300), 3);
    expect(gain?.low).toBeGreaterThan(0);
    expect(gain?.high).toBeGreaterThan(gain?.value ?? 1);
    expect(found.doubled.value).toBeCloseTo(1 - (steep(400) + gentle(400)) / 2, 2);
  });

  test("not where mistakes stay the same", () => {
    const found = morePhotos(partsBy([() => 0.1, () => 0.2]), [200, 200], 1);
    expect(found.helpsMost).toBeNull();
    expect(found.classes[0]?.gain.value).toBeCloseTo(0, 6);
    expect(found.doubled.value).toBeCloseTo(0.85, 6);
  });

  test("not where nothing was wrong", () => {
    const found = morePhotos(partsBy([() => 0, () => 0]), [12, 12], 1);
    expect(found.helpsMost).toBeNull();
    expect(found.now).toMatchObject({ value: 1, high: 1 });
    expect(found.doubled).toEqual({ value: 1, low: 1, high: 1 });
    expect(found.added).toBe(10);
  });

  test("the curve goes from the smallest share to all photos", () => {
    const { curve } = morePhotos(partsBy([steep, steep]), [200, 200], 1);
    expect(curve.map(({ photos }) => photos)).toEqual([80, 160, 240, 320]);
    expect(curve.every(({ right }, at) => right > (curve[at - 1]?.right ?? 0))).toBe(true);
  });
});
