import type { OfflineFault } from "../../../../offline/errors.ts";
import type { FaultWords } from "../../faults.ts";

export const offlineFaults: FaultWords<OfflineFault> = {
  "offline/not-offered": () => "At this address, this browser cannot keep Headstart for offline use.",
  "offline/not-started": ({ reason }) => `This browser does not keep Headstart for offline use (${reason}).`,
  "offline/not-kept": ({ reason }) =>
    `Headstart could not be kept for offline use (${reason}). It will try again the next time you open it.`,
};
