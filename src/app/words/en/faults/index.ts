import { datasetFaults } from "./dataset.ts";
import { formatFaults } from "./formats/index.ts";
import { downloadFaults, intakeFaults, keptModelFaults } from "./intake.ts";
import { networkFaults } from "./network.ts";

export const faults = {
  ...datasetFaults,
  ...networkFaults,
  ...formatFaults,
  ...intakeFaults,
  ...downloadFaults,
  ...keptModelFaults,
};
