import type { TrainingFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";

export const trainingRunFaults: FaultWords<TrainingFault> = {
  "training/unknown-class": ({ file }) =>
    `“${file}” is in a class that does not take part in this training. Move it to one of the project's classes, or exclude it; then train again.`,
};
