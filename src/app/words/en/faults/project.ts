import type { ProjectFault } from "../../../../project/errors.ts";
import type { FaultWords } from "../../faults.ts";

export const projectFaults: FaultWords<ProjectFault> = {
  "project/newer-version": ({ version, known }) =>
    `A newer Headstart made this project. Its data has version ${version}; this Headstart reads versions up to ${known}. Open the project with the newer Headstart.`,
};
