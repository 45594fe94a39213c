import { expect, test } from "vitest";
import { atThreshold, precisionRecallCurve, rocCurve } from "../../../src/evaluation/threshold.ts";

const ONE = { own: Float64Array.of(0.2, 0.6, 0.9), others: Float64Array.of(0.1, 0.3, 0.6, 0.7) };

test("a threshold's consequences, by hand", () => {
  expect(atThreshold(ONE, 0.6)).toEqual({ called: 4, hits: 2, own: 3, others: 4 });
  expect(atThreshold(ONE, 0.61)).toEqual({ called: 2, hits: 1, own: 3, others: 4 });
  expect(atThreshold(ONE, 0)).toEqual({ called: 7, hits: 3, own: 3, others: 4 });
  expect(atThreshold(ONE, 1)).toEqual({ called: 0, hits: 0, own: 3, others: 4 });
});

test("the curves, by hand: photos of the same probability are called so together", () => {
  const third = 1 / 3;
  expect(rocCurve(ONE)).toEqual([
    { x: 0, y: 0 },
    { x: 0, y: third },
    { x: 0.25, y: third },
    { x: 0.5, y: 2 * third },
    { x: 0.75, y: 2 * third },
    { x: 0.75, y: 1 },
    { x: 1, y: 1 },
  ]);
  expect(precisionRecallCurve(ONE)).toEqual([
    { x: 0, y: 1 },
    { x: third, y: 1 },
    { x: third, y: 1 / 2 },
    { x: 2 * third, y: 2 / 4 },
    { x: 2 * third, y: 2 / 5 },
    { x: 1, y: 3 / 6 },
    { x: 1, y: 3 / 7 },
  ]);
});

test("of many photos, the curves keep their ends and few points", () => {
  const many = Float64Array.from({ length: 5000 }, (_, at) => at / 5000);
  const curve = rocCurve({ own: many, others: many.map((value) => value / 2) });
  expect(curve).toHaveLength(300);
  expect([curve[0], curve.at(-1)]).toEqual([
    { x: 0, y: 0 },
    { x: 1, y: 1 },
  ]);
});
