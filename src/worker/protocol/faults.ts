/** What can go wrong behind the door. */
import type { EngineFault } from "../../engine/errors.ts";

export type { EngineFault } from "../../engine/errors.ts";

export type WorkerFault = EngineFault;
