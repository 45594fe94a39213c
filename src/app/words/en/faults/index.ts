import { datasetFaults } from "./dataset.ts";
import { doorFaults } from "./door.ts";
import { engineFaults } from "./engine.ts";
import { formatFaults } from "./formats/index.ts";
import { downloadFaults, intakeFaults, keptModelFaults } from "./intake.ts";
import { networkFaults } from "./network.ts";
import { offlineFaults } from "./offline.ts";
import { pageFaults } from "./page.ts";
import { partFaults } from "./part.ts";
import { projectFaults } from "./project.ts";
import { settingFaults } from "./settings.ts";
import { storageFaults } from "./storage.ts";
import { trainingRunFaults } from "./training-run.ts";

export const faults = {
  ...datasetFaults,
  ...settingFaults,
  ...projectFaults,
  ...networkFaults,
  ...formatFaults,
  ...intakeFaults,
  ...downloadFaults,
  ...keptModelFaults,
  ...engineFaults,
  ...storageFaults,
  ...trainingRunFaults,
  ...doorFaults,
  ...partFaults,
  ...offlineFaults,
  ...pageFaults,
};
