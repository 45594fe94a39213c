/** The chart's epochs, from the events of training. */
import { expect, test } from "vitest";
import { courseAfter, courseAt, NO_COURSE, type ShownEvent } from "../../../src/app/store/training-events.ts";

const result = (epoch: number) => ({ epoch, trainLoss: 1, validationLoss: 1, trainAccuracy: 0, validationAccuracy: 0 });
const epoch = (number: number): ShownEvent => ({ kind: "epoch", result: result(number), bestEpoch: 1, sinceBest: 0 });

test("a training that goes on has every epoch once, and fine-tuning begins where it began", () => {
  const tuning: ShownEvent = { kind: "fine-tuning", headEpochs: 2, lastEpoch: 6 };
  const before = courseAfter(NO_COURSE, [epoch(1), epoch(2), tuning, epoch(3)], 2);
  // The checkpoint of epoch 4 came without its epoch.
  const resumed = courseAt(before, [1, 2, 3, 4].map(result));
  const after = courseAfter(resumed, [tuning, epoch(5), epoch(6)], 2);
  expect(after.epochs.map((each) => each.epoch)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(after.progress).toMatchObject({ tunedFrom: 2, lastEpoch: 6 });
});

test("an epoch that is done again takes its own place", () => {
  const before = courseAfter(NO_COURSE, [1, 2, 3].map(epoch), 9);
  expect(courseAfter(before, [epoch(3), epoch(4)], 9).epochs.map((each) => each.epoch)).toEqual([1, 2, 3, 4]);
});
