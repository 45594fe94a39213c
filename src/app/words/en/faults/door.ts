import type { DoorFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";
import { percent } from "../language.ts";

export const doorFaults: FaultWords<DoorFault> = {
  "samples/not-drawn": () =>
    "This browser cannot draw the sample photos. Add photos of your own, or use a current Chrome, Edge, Firefox or Safari.",
  "run/other-base": () =>
    "This run’s classifier does not fit its base model any more, so it cannot be trained further. Train a new one.",
  "run/no-classifier": () => "The classifier of this run was not kept. Train again, or use another run.",
  "export/differs": ({ fileName, difference }) =>
    `${fileName} was not downloaded: opened again, it gave other probabilities, by up to ${percent(difference)}. Choose another format, and please report this.`,
  "export/no-classifier": ({ fileName }) =>
    `${fileName} was not downloaded: opened again, it was not a classifier. Choose another format, and please report this.`,
  "export/sample": () =>
    "One of the photos that should be included cannot be read. Download without photos, or delete the photo.",
  "worker/ended": ({ reason }) =>
    `The engine stopped unexpectedly${reason ? ` (${reason})` : ""}. What was kept is safe.`,
};
