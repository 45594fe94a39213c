import type { DoorFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";

export const doorFaults: FaultWords<DoorFault> = {
  "run/no-classifier": () => "The classifier of this run was not kept. Train again, or use another run.",
  "worker/ended": ({ reason }) => `The engine stopped unexpectedly (${reason}). What was kept is safe.`,
};
