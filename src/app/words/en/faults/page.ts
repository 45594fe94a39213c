import type { PageFault } from "../../../errors.ts";
import type { FaultWords } from "../../faults.ts";
import { jobs } from "../jobs.ts";
import { count } from "../language.ts";

export const pageFaults: FaultWords<PageFault> = {
  "job/refused": (refused) => jobs.refused(refused),
  "project/open-elsewhere": ({ name }) => `“${name}” is open in another tab. Close it there first.`,
  "base-model/not-chosen": () => "Choose a base model on the Train page first.",
  "base-model/missing": () =>
    "This project’s base model is not in this browser. Choose another one on the Train page. What was trained with it works as before.",
  "training/given-up": ({ deaths }) =>
    `Training was given up: the engine stopped ${count(deaths)} times without getting any further. Close other tabs and programs to free memory, choose another backend in the engine settings or a smaller base model, and train again.`,
  "base-model/not-here": ({ name }) =>
    `“${name}” is not on this machine yet. Download it on the Train page, or choose another.`,
};
