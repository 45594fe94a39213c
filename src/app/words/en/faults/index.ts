import { datasetFaults } from "./dataset.ts";
import { doorFaults } from "./door.ts";
import { pageFaults } from "./page.ts";
import { projectFaults } from "./project.ts";
import { settingFaults } from "./settings.ts";
import { storageFaults } from "./storage.ts";

export const faults = {
  ...datasetFaults,
  ...settingFaults,
  ...projectFaults,
  ...storageFaults,
  ...doorFaults,
  ...pageFaults,
};
