/** Temperature scaling beside scipy. */
import { expect, test } from "vitest";
import { sharpened, sharpnessBy } from "../../../src/evaluation/temperature.ts";
import fixture from "../../fixtures/rejection.json" with { type: "json" };

test.each(fixture.temperatures)("the sharpness is the likeliest one, as scipy finds it: $sharpness", (each) => {
  const predictions = each.probabilities.map((probabilities, photo) => ({
    actual: each.labels[photo] as number,
    probabilities,
  }));
  expect(sharpnessBy(predictions)).toBeCloseTo(each.sharpness, 3);
  for (const [photo, expected] of each.sharpened.entries()) {
    const found = sharpened(each.probabilities[photo] ?? [], each.sharpness);
    for (const [label, probability] of expected.entries()) expect(found[label]).toBeCloseTo(probability, 4);
  }
});

test("without photos, and with one that is surely right, the temperature stays near 1", () => {
  expect(sharpnessBy([])).toBe(1);
  const sharpness = sharpnessBy([{ actual: 0, probabilities: [0.999, 0.001] }]);
  expect(sharpness).toBeGreaterThanOrEqual(1);
  expect(sharpness).toBeLessThan(1.05);
});
