/** When a photo is none of the classes, beside scikit-learn. */
import { expect, test } from "vitest";
import { fitRejection, thresholdOf } from "../../../src/engine/fit-rejection.ts";
import { strangenessBy } from "../../../src/network/rejection.ts";
import { matrixOf } from "../../fixtures/matrix.ts";
import fixture from "../../fixtures/rejection.json" with { type: "json" };

const { rejection: cases } = fixture;
type Case = (typeof cases)[number];

function learn({ embeddings, labels, folds, classes }: Case, foldCount = 3) {
  const width = embeddings[0]?.length ?? 0;
  return fitRejection({
    photos: {
      matrix: matrixOf(Float32Array.from(embeddings.flat()), width),
      rows: Int32Array.from(embeddings.keys()),
      labels: Int32Array.from(labels),
    },
    classes,
    folds: Int32Array.from(folds),
    foldCount,
    signal: new AbortController().signal,
  });
}

test.each(cases)("embeddings are as strange as scikit-learn's Ledoit-Wolf covariance says", async (each) => {
  const { model, heldOut } = await learn(each);
  const strangeness = strangenessBy(model);
  const found = each.probes.map((probe) => strangeness(Float32Array.from(probe)));
  for (const [at, expected] of each.strangeness.entries()) expect(found[at]).toBeCloseTo(expected, 5);
  expect(heldOut).toHaveLength(each.heldOut.length);
  for (const [at, expected] of each.heldOut.entries()) expect(heldOut[at]).toBeCloseTo(expected, 5);
});

test("how long an embedding is does not matter", async () => {
  const [, each] = cases;
  if (!each) throw new Error("There is a second case.");
  const strangeness = strangenessBy((await learn(each)).model);
  const probe = Float32Array.from(each.probes[0] ?? []);
  expect(strangeness(probe.map((value) => 7 * value))).toBeCloseTo(strangeness(probe), 6);
});

test("where one fold is held out, its photos are not learned from at all", async () => {
  const [, each] = cases;
  if (!each) throw new Error("There is a second case.");
  const folds = each.labels.map((_, photo) => (photo < 20 ? 0 : -1));
  const { model, heldOut } = await learn({ ...each, folds }, 1);
  expect(heldOut).toHaveLength(20);
  expect(model.photos).toEqual([20, 20]);
});

test("the threshold is the held-out photo that lies where the share begins, and none where they are too few", () => {
  const heldOut = Array.from({ length: 99 }, (_, at) => at + 1);
  expect([0.01, 0.05, 0.1].map((share) => thresholdOf(heldOut, share))).toEqual([99, 95, 90]);
  expect(thresholdOf(heldOut.slice(0, 10), 0.01)).toBe(10);
  expect(thresholdOf(heldOut.slice(0, 7), 0.05)).toBeNull();
});
