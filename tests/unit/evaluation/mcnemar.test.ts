/** Whether two classifiers differ by more than chance, against statsmodels. */
import { describe, expect, test } from "vitest";
import { holm, mcnemar } from "../../../src/evaluation/mcnemar.ts";
import expected from "../../fixtures/mcnemar.json" with { type: "json" };

describe("McNemar's exact test", () => {
  test.each(expected.mcnemar)("of $onlyFirst and $onlySecond", ({ onlyFirst, onlySecond, p }) => {
    expect(mcnemar(onlyFirst, onlySecond)).toBeCloseTo(p, 10);
    expect(mcnemar(onlySecond, onlyFirst)).toBeCloseTo(p, 10);
  });

  test("of six and two is 37 of 128 by hand", () => {
    // 2 · (1 + 8 + 28) / 2^8
    expect(mcnemar(6, 2)).toBeCloseTo(37 / 128, 12);
  });
});

test.each(expected.holm)("Holm's adjustment of $of", ({ of, adjusted }) => {
  for (const [at, p] of holm(of).entries()) expect(p).toBeCloseTo(adjusted[at] ?? Number.NaN, 10);
});
