/** Labels drawn at random: what is tuned on held-out photos makes new ones look no better than chance. */
import { expect, test } from "vitest";
import { createRandom } from "../../../src/dataset/random.ts";
import { fitRejection, thresholdOf } from "../../../src/engine/fit-rejection.ts";
import { sharpened, sharpnessBy } from "../../../src/evaluation/temperature.ts";
import { strangenessBy } from "../../../src/network/rejection.ts";
import { matrixOf } from "../../fixtures/matrix.ts";

const [PHOTOS, WIDTH, CLASSES] = [120, 60, 3] as const;

/** Embeddings that say nothing of the labels. */
function drawn(seed: number, photos: number) {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: photos * WIDTH }, () => random());
  const labels = Int32Array.from({ length: photos }, () => Math.floor(random() * CLASSES));
  return { matrix: matrixOf(values, WIDTH), labels, rows: labels.map((_, row) => row) };
}

test("the limit turns away about the share of new photos that it was set to", async () => {
  const learned = drawn(1, PHOTOS);
  const { model, heldOut } = await fitRejection({
    photos: learned,
    classes: CLASSES,
    folds: learned.rows.map((row) => row % 5),
    foldCount: 5,
    signal: new AbortController().signal,
  });
  const strangeness = strangenessBy(model);
  const unseen = drawn(2, 400);
  const share = (limit: number | null, { matrix, rows }: typeof unseen) =>
    rows.filter((row) => strangeness(matrix.row(row)) > (limit ?? Number.NaN)).length / rows.length;
  const limit = thresholdOf(heldOut, 0.1);
  // Two binomial deviations, of the photos that set it and of those that are counted.
  expect(Math.abs(share(limit, unseen) - 0.1)).toBeLessThan(0.06);
  // Photos that were learned from look nearer than new ones: they must not set the limit.
  expect(share(limit, learned)).toBeLessThan(share(limit, unseen));
});

test("a temperature takes a classifier that was fitted to random labels back to chance", () => {
  const random = createRandom(3);
  const say = (photos: number) =>
    Array.from({ length: photos }, () => ({
      actual: Math.floor(random() * CLASSES),
      probabilities: sharpened(
        Array.from({ length: CLASSES }, () => random() + 0.1),
        4,
      ),
    }));
  const lossOf = (predictions: ReturnType<typeof say>, sharpness: number) =>
    predictions.reduce(
      (sum, { actual, probabilities }) => sum - Math.log(sharpened(probabilities, sharpness)[actual] ?? 0),
      0,
    ) / predictions.length;
  const sharpness = sharpnessBy(say(PHOTOS));
  const unseen = say(400);
  expect(lossOf(unseen, sharpness)).toBeLessThan(lossOf(unseen, 1));
  expect(lossOf(unseen, sharpness)).toBeGreaterThan(Math.log(CLASSES) - 0.01);
  expect(lossOf(unseen, sharpness)).toBeLessThan(Math.log(CLASSES) + 0.05);
});
