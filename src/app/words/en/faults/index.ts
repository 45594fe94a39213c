import { datasetFaults } from "./dataset.ts";
import { trainingRunFaults } from "./training-run.ts";

export const faults = { ...datasetFaults, ...trainingRunFaults };
