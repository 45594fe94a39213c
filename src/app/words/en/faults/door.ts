import type { DoorFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";

export const doorFaults: FaultWords<DoorFault> = {
  "classifier/none": () => "There is no classifier yet. Train one, or open one on the Export page.",
  "classifier/gone": () => "This model is no longer kept in this browser.",
  "run/no-classifier": () => "The classifier of this run was not kept. Train again, or use another run.",
  "photo/not-drawn": () => "A sample photo could not be drawn. Use a current browser.",
  "worker/ended": ({ reason }) => `The engine stopped unexpectedly (${reason}). What was kept is safe.`,
};
