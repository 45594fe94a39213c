import type { ProjectFault } from "../../../../project/errors.ts";
import type { FaultWords } from "../../faults.ts";

export const projectFaults: FaultWords<ProjectFault> = {
  "project/newer-version": () =>
    "This project was made by a newer Headstart. Open it there, or get the newest Headstart here.",
};
