/** The quick head beside scikit-learn's ridge regression, which fits again for each photo that is left out. */
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { fitRidge } from "../../../src/engine/leave-one-out.ts";
import { Likeness } from "../../../src/engine/likeness.ts";
import { answerLeftOut, answerQuickly, fitQuickHead } from "../../../src/engine/quick-head.ts";
import { Pauses } from "../../../src/engine/turns.ts";
import cases from "../../fixtures/leave-one-out.json" with { type: "json" };
import { matrixOf } from "../../fixtures/matrix.ts";

const { signal } = new AbortController();

function given(photos: readonly (readonly number[])[], labels: readonly number[]) {
  const matrix = matrixOf(Float32Array.from(photos.flat()), photos[0]?.length ?? 0);
  return {
    likeness: new Likeness(matrix),
    rows: Int32Array.from(photos.keys()),
    labels: Int32Array.from(labels),
    classes: new Set(labels).size,
    signal,
  };
}

/** Products of embeddings brought to length 1, weighted and centred, the long way. */
function productsOf(photos: readonly (readonly number[])[], weights: readonly number[]): Float64Array[] {
  const unit = photos.map((photo) => photo.map((number) => number / Math.hypot(...photo)));
  const mean = (unit[0] ?? []).map(
    (_, at) => unit.reduce((sum, photo, which) => sum + (weights[which] ?? 0) * (photo[at] ?? 0), 0) / unit.length,
  );
  const centred = unit.map((photo, which) =>
    photo.map((number, at) => Math.sqrt(weights[which] ?? 0) * (number - (mean[at] ?? 0))),
  );
  return centred.map((one) =>
    Float64Array.from(centred, (other) => one.reduce((sum, number, at) => sum + number * (other[at] ?? 0), 0)),
  );
}

function expectNear(found: Iterable<number>, expected: readonly number[], digits: number): void {
  const values = [...found];
  expect(values).toHaveLength(expected.length);
  for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at] ?? Number.NaN, digits);
}

describe.each(cases)("with $photos.length photos", ({ photos, labels, weights, ...expected }) => {
  test("what is said of a photo left out is what a fit without it says", async () => {
    const { strength, leftOut, error } = expected.fixed;
    const classes = new Set(labels).size;
    const own = { labels: Int32Array.from(labels), weights: Float64Array.from(weights), classes, strength };
    const products = productsOf(photos, weights);
    const fit = await fitRidge({ ...own, products, pauses: new Pauses(signal) });
    expectNear(fit.leftOut, leftOut.flat(), 5);
    expect(fit.error).toBeCloseTo(error, 7);
  });

  test("the strength is the one with the least error of photos left out", async () => {
    expect((await fitQuickHead(given(photos, labels))).strength / expected.strength).toBeCloseTo(1, 6);
  });

  test("probabilities are scores at the temperature that suits photos left out", async () => {
    const fit = await fitQuickHead(given(photos, labels));
    expect(fit.head.sharpness).toBeCloseTo(expected.sharpness, 3);
    expectNear(answerQuickly(fit.head, Float32Array.from(expected.photo)), expected.probabilities, 4);
    for (const [photo, probabilities] of expected.leftOut.entries()) {
      expectNear(answerLeftOut(fit, photo), probabilities, 4);
    }
  });
});

/** Two classes, apart in one of their numbers. */
function apart(count: number, width: number) {
  const random = createRandom(count);
  const labels = Array.from({ length: count }, (_, at) => at % 2);
  const photos = labels.map((label) => Array.from({ length: width }, (_, at) => (at === label ? 3 : 0) + random()));
  return { photos, labels };
}

test("photos that come and go give what a fit from nothing gives", async () => {
  const { photos, labels } = apart(30, 12);
  const all = given(photos, labels);
  const some = Int32Array.from([21, 4, 9, 2, 7, 16, 13, 28, 11]);
  const ofSome = { ...all, rows: some, labels: some.map((photo) => labels[photo] ?? 0) };
  const fresh = await fitQuickHead({ ...ofSome, likeness: given(photos, labels).likeness });
  await fitQuickHead({ ...all, rows: all.rows.subarray(0, 13), labels: all.labels.subarray(0, 13) });
  await fitQuickHead(all);
  const again = await fitQuickHead(ofSome);
  expectNear(again.head.coefficients, [...fresh.head.coefficients], 12);
  expectNear(again.leftOut, [...fresh.leftOut], 6);
});

test("all classes weigh the same, however many photos they have", async () => {
  const few = [
    [3, 1],
    [4, 1],
    [3, 2],
  ];
  // The mirror images of the few, twelve times.
  const many = Array.from({ length: 36 }, (_, at) => (few[at % 3] ?? []).toReversed());
  const labels = [...few.map(() => 0), ...many.map(() => 1)];
  const { head } = await fitQuickHead(given([...few, ...many], labels));
  expectNear(answerQuickly(head, new Float32Array([2, 2])), [0.5, 0.5], 6);
});

test("photos that are all alike say nothing", async () => {
  const fit = await fitQuickHead(given(new Array(6).fill([1, 2]), [0, 1, 0, 1, 0, 1]));
  expectNear(answerQuickly(fit.head, new Float32Array([1, 2])), [0.5, 0.5], 6);
});

test("an embedding of zeros is answered by the shares of the classes", async () => {
  const { photos, labels } = apart(12, 4);
  const { head } = await fitQuickHead(given(photos, labels));
  const probabilities = answerQuickly(head, new Float32Array(4));
  expect(probabilities[0]).toBeGreaterThan(0);
  expect((probabilities[0] ?? 0) + (probabilities[1] ?? 0)).toBeCloseTo(1, 6);
});

test("a fit lets others in and can be cancelled", async () => {
  const { photos, labels } = apart(240, 64);
  const job = new AbortController();
  const fitting = fitQuickHead({ ...given(photos, labels), signal: job.signal });
  setTimeout(() => job.abort());
  await expect(fitting).rejects.toThrow(/abort/i);
});
