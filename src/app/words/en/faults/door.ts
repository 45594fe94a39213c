import type { DoorFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";
import { percent } from "../language.ts";

export const doorFaults: FaultWords<DoorFault> = {
  "samples/not-drawn": () =>
    "This browser cannot draw the sample photos. Add photos of your own, or use a current Chrome, Edge, Firefox or Safari.",
  "explain/no-map": () =>
    "This classifier has no feature map, so it cannot be shown which places of a photo count. Its predictions are not affected.",
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
  "worker/silent": () => "The engine was ended, because it no longer answered. What was kept is safe.",
  "storing/ended": ({ reason }) =>
    `What keeps your work in this browser stopped unexpectedly${reason ? ` (${reason})` : ""}. What was kept is safe. Try again.`,
};
