import { datasetFaults } from "./dataset.ts";
import { settingFaults } from "./settings.ts";

export const faults = { ...datasetFaults, ...settingFaults };
