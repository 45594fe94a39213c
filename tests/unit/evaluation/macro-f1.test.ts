import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { macroF1Estimate } from "../../../src/evaluation/macro-f1.ts";

/** `[actual][predicted]` shares of each class's photos: rows sum to 1. */
type Truth = readonly (readonly number[])[];

/** Where the photos go that are called wrong. */
const ERRORS: Readonly<Record<string, (classes: number, accuracy: number) => Truth>> = {
  "spread over all classes": (classes, accuracy) =>
    matrix(classes, (actual, predicted) => (actual === predicted ? accuracy : (1 - accuracy) / (classes - 1))),
  "going to the next class": (classes, accuracy) =>
    matrix(classes, (actual, predicted) => {
      if (actual === predicted) return accuracy;
      return predicted === (actual + 1) % classes ? 1 - accuracy : 0;
    }),
  "all called the first class": (classes, accuracy) =>
    matrix(classes, (actual, predicted) => {
      if (actual === 0) return predicted === 0 ? 1 : 0;
      if (actual === predicted) return accuracy;
      return predicted === 0 ? 1 - accuracy : 0;
    }),
  "all made in the first class": (classes, accuracy) => {
    const recall = Math.max(0, 1 - classes * (1 - accuracy));
    return matrix(classes, (actual, predicted) => {
      if (actual > 0) return actual === predicted ? 1 : 0;
      return [recall, 1 - recall][predicted] ?? 0;
    });
  },
};

function matrix(classes: number, cell: (actual: number, predicted: number) => number): number[][] {
  return Array.from({ length: classes }, (_, actual) =>
    Array.from({ length: classes }, (_, predicted) => cell(actual, predicted)),
  );
}

/** By definition: of the counts that photos without end would give. @param photos of each class */
function trueMacroF1(truth: Truth, photos: readonly number[]): number {
  let total = 0;
  for (let each = 0; each < photos.length; each++) {
    const own = photos[each] ?? 0;
    const hits = own * (truth[each]?.[each] ?? 0);
    let called = 0;
    for (let actual = 0; actual < photos.length; actual++) {
      called += (photos[actual] ?? 0) * (truth[actual]?.[each] ?? 0);
    }
    const [precision, recall] = [called ? hits / called : 0, hits / own];
    total += precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
  }
  return total / photos.length;
}

/** A test set: the confusion matrix of photos that are called as the truth says. */
function drawn(truth: Truth, photos: readonly number[], random: () => number): number[][] {
  return truth.map((shares, actual) => {
    const row = shares.map(() => 0);
    for (let photo = 0; photo < (photos[actual] ?? 0); photo++) {
      let left = random();
      const predicted = shares.findIndex((share) => {
        left -= share;
        return left < 0;
      });
      const at = predicted < 0 ? shares.lastIndexOf(Math.max(...shares)) : predicted;
      row[at] = (row[at] ?? 0) + 1;
    }
    return row;
  });
}

/** In how many of the test sets the interval holds the truth, and how wide it is on average. */
function simulated(truth: Truth, photos: readonly number[], sets: number) {
  const random = createRandom(photos.length * 1000 + (photos[0] ?? 0));
  const expected = trueMacroF1(truth, photos);
  let [covered, width] = [0, 0];
  for (let set = 0; set < sets; set++) {
    const { value, low, high } = macroF1Estimate(drawn(truth, photos, random));
    expect(low < value || value === 0).toBe(true);
    expect(high > value || value === 1).toBe(true);
    if (low <= expected && expected <= high) covered++;
    width += (high - low) / sets;
  }
  return { coverage: covered / sets, width };
}

/** A coverage of 0.93, less what so few test sets may miss it by: three standard errors. */
const leastOf = (sets: number) => 0.93 - 3 * Math.sqrt((0.93 * 0.07) / sets);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("the interval of macro F1", () => {
  describe.each(Object.keys(ERRORS))("with errors %s", (errors) => {
    const truthOf = (classes: number, accuracy: number) => ERRORS[errors]?.(classes, accuracy) ?? [];

    test.each([
      // The mean width that is not to be exceeded is about 1.2 times that of the exact interval of as many photos' accuracy.
      { classes: 2, perClass: [5, 20, 100], widest: [0.6, 0.32, 0.14] },
      { classes: 5, perClass: [5, 20, 100], widest: [0.4, 0.2, 0.08] },
      { classes: 20, perClass: [5, 20, 100], widest: [0.18, 0.09, 0.04] },
    ])("covers what is true of $classes classes, $perClass photos of each, from chance to near perfect", (given) => {
      const { classes, perClass, widest } = given;
      const coverages = perClass.flatMap((each, at) => {
        const found = [1 / classes, 0.5, 0.8, 0.95, 0.99].map((accuracy) =>
          simulated(truthOf(classes, accuracy), new Array<number>(classes).fill(each), 250),
        );
        expect(mean(found.map(({ width }) => width))).toBeLessThan(widest[at] ?? 0);
        return found.map(({ coverage }) => coverage);
      });
      expect(Math.min(...coverages)).toBeGreaterThanOrEqual(leastOf(250));
      expect(mean(coverages)).toBeGreaterThanOrEqual(0.95);
    });

    test("covers what is true of classes with 5 to 50 photos, and of one with fewer", () => {
      const sizes = [
        [5, 50],
        [50, 5],
        [5, 10, 20, 30, 50],
        [1, 10, 20, 30, 50],
        [2, 2, 3, 1, 2],
      ];
      const coverages = sizes.flatMap((photos) =>
        [1 / photos.length, 0.5, 0.8, 0.95, 0.99].map(
          (accuracy) => simulated(truthOf(photos.length, accuracy), photos, 200).coverage,
        ),
      );
      expect(Math.min(...coverages)).toBeGreaterThanOrEqual(leastOf(200));
      expect(mean(coverages)).toBeGreaterThanOrEqual(0.95);
    });

    test("covers what is true of 200 classes with a single photo each", () => {
      const photos = new Array<number>(200).fill(1);
      const coverages = [0.5, 0.8, 0.95].map((accuracy) => simulated(truthOf(200, accuracy), photos, 60).coverage);
      expect(Math.min(...coverages)).toBeGreaterThanOrEqual(leastOf(60));
    });
  });

  test.each<[string, number[][], number, number, number]>([
    // By a program of its own, with NumPy and SciPy's `beta.ppf`.
    [
      "three classes of two",
      [
        [2, 0, 0],
        [1, 0, 1],
        [0, 2, 0],
      ],
      0.266667,
      0.022778,
      0.781309,
    ],
    [
      "two classes",
      [
        [9, 1],
        [3, 7],
      ],
      0.79798,
      0.548351,
      0.951273,
    ],
    [
      "single photos",
      [
        [1, 0, 0],
        [0, 1, 0],
        [1, 0, 0],
      ],
      0.555556,
      0.007767,
      0.999962,
    ],
    [
      "classes of different sizes",
      [
        [4, 1, 0],
        [0, 20, 2],
        [10, 0, 90],
      ],
      0.762928,
      0.517784,
      0.926315,
    ],
  ])("agrees with an independent program: %s", (_, confusion, value, low, high) => {
    const estimate = macroF1Estimate(confusion);
    expect(estimate.value).toBeCloseTo(value, 6);
    expect(estimate.low).toBeCloseTo(low, 6);
    expect(estimate.high).toBeCloseTo(high, 6);
  });

  test("without a mistake, and without a hit, is that of the share of all photos", () => {
    // Clopper & Pearson for n of n: from 0.025^(1/n) to 1.
    const right = macroF1Estimate(matrix(20, (actual, predicted) => (actual === predicted ? 5 : 0)));
    expect(right.low).toBeCloseTo(0.025 ** (1 / 100), 9);
    expect([right.value, right.high]).toEqual([1, 1]);
    const wrong = macroF1Estimate([
      [0, 5],
      [5, 0],
    ]);
    expect(wrong.high).toBeCloseTo(1 - 0.025 ** (1 / 10), 9);
    expect([wrong.value, wrong.low]).toEqual([0, 0]);
  });

  test.each([0.59, 0.98])("has its estimate well inside for 20 classes of five photos, %d of them right", (share) => {
    const wrong = Math.round(100 * (1 - share));
    const confusion = matrix(20, (actual, predicted) => (actual === predicted ? 5 : 0));
    for (let error = 0; error < wrong; error++) {
      const row = confusion[error % 20] ?? [];
      row[error % 20] = (row[error % 20] ?? 0) - 1;
      const other = (error + 1 + Math.floor(error / 20)) % 20;
      row[other] = (row[other] ?? 0) + 1;
    }
    const { value, low, high } = macroF1Estimate(confusion);
    expect(value).toBeCloseTo(share, 1);
    // Of what lies between it and 1, a good part is still possible.
    expect(high - value).toBeGreaterThan((1 - value) / 5);
    expect(value - low).toBeGreaterThan((1 - value) / 5);
  });

  test("takes no time for many classes", () => {
    const confusion = matrix(1000, (actual, predicted) =>
      actual === predicted ? 2 : predicted === (actual + 7) % 1000 ? 1 : 0,
    );
    const before = performance.now();
    const { value, low, high } = macroF1Estimate(confusion);
    // Milliseconds where nothing else runs; drawing matrices took minutes.
    expect(performance.now() - before).toBeLessThan(2000);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });
});
