import { datasetFaults } from "./dataset.ts";

export const faults = { ...datasetFaults };
