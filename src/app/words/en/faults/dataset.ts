import type { DatasetFault } from "../../../../dataset/errors.ts";
import type { FaultWords } from "../../faults.ts";

export const datasetFaults: FaultWords<DatasetFault> = {
  "class/no-name": () => "A class needs a name.",
  "class/reserved-name": ({ name }) => `“${name}” is for photos without a class. Choose another name.`,
  "class/name-taken": ({ name }) => `There is already a class named “${name}”.`,
  "project/newer-version": ({ version, readable }) =>
    `A newer Headstart made this project. Its data has version ${version}; this Headstart reads versions up to ` +
    `${readable}. Open the project with the newer Headstart.`,
};
