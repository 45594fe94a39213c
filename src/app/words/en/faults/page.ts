import type { PageFault } from "../../../errors.ts";
import type { FaultWords } from "../../faults.ts";
import { jobs } from "../jobs.ts";

export const pageFaults: FaultWords<PageFault> = {
  "job/refused": (refused) => jobs.refused(refused),
  "project/open-elsewhere": ({ name }) => `“${name}” is open in another tab. Close it there first.`,
  "base-model/not-chosen": () => "Choose a base model on the Train page first.",
  "base-model/not-here": ({ name }) =>
    `“${name}” is not on this machine yet. Download it on the Train page, or choose another.`,
};
