import { datasetFaults } from "./dataset.ts";
import { doorFaults } from "./door.ts";
import { pageFaults } from "./page.ts";
import { projectFaults } from "./project.ts";
import { storageFaults } from "./storage.ts";

export const faults = { ...datasetFaults, ...projectFaults, ...storageFaults, ...doorFaults, ...pageFaults };
