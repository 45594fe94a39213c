import { datasetFaults } from "./dataset.ts";
import { engineFaults } from "./engine.ts";

export const faults = { ...datasetFaults, ...engineFaults };
