/** What can go wrong behind the door. */
import type { EngineFault } from "../../engine/errors.ts";
import type { StorageFault } from "../../storage/errors.ts";
import type { DoorFault } from "../errors.ts";
import type { TrainingFault } from "../training/errors.ts";

export type { EngineFault } from "../../engine/errors.ts";
export type { StorageFault } from "../../storage/errors.ts";
export type { DoorFault } from "../errors.ts";
export type { TrainingFault } from "../training/errors.ts";

export type WorkerFault = DoorFault | TrainingFault | EngineFault | StorageFault;
