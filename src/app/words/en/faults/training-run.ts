import type { TrainingFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";

export const trainingRunFaults: FaultWords<TrainingFault> = {
  "training/unknown-class": ({ file }) =>
    `“${file}” is in a class that does not take part in this training. Move it to one of the project's classes, or exclude it; then train again.`,
  "training/nothing-to-learn-from": () =>
    "No photos are left to learn from: all are fixed to validation or test, or are nearly the same as photos that are. Add more varied photos, or fix fewer of them to a split.",
};
