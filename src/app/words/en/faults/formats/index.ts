/** Sentences of the room `formats`. */
import type { FormatFault } from "../../../../../worker/protocol/faults.ts";
import { type FaultWords, sentence } from "../../../faults.ts";
import { imageFaults } from "./images.ts";
import { hdf5Faults, kerasFaults } from "./keras.ts";
import { modelFaults } from "./models.ts";
import { packedFaults } from "./packed.ts";
import { parquetFaults } from "./parquet.ts";
import { projectFileFaults } from "./projects.ts";
import { tarFaults } from "./tars.ts";
import { graphFaults, tfjsFaults } from "./tfjs.ts";
import { zipFaults } from "./zips.ts";

export const formatFaults: FaultWords<FormatFault> = {
  ...zipFaults,
  ...tarFaults,
  ...parquetFaults,
  ...imageFaults,
  ...modelFaults,
  ...hdf5Faults,
  ...kerasFaults,
  ...tfjsFaults,
  ...graphFaults,
  ...projectFileFaults,
  ...packedFaults,
  "model/in-file": ({ file, problem }) => `${file}: ${sentence(formatFaults, problem)}`,
};
