/** What can go wrong behind the door. */
import type { TrainingFault } from "../training-faults.ts";

export type { TrainingFault } from "../training-faults.ts";

export type WorkerFault = TrainingFault;
