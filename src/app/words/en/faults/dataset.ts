import type { DatasetFault } from "../../../../dataset/errors.ts";
import type { FaultWords } from "../../faults.ts";

export const datasetFaults: FaultWords<DatasetFault> = {
  "class/no-name": () => "A class needs a name.",
  "class/reserved-name": ({ name }) => `“${name}” is for photos without a class. Choose another name.`,
  "class/name-taken": ({ name }) => `There is already a class named “${name}”.`,
};
