/** What can go wrong behind the door. */
import type { PhotoFault } from "../../engine/decode.ts";
import type { EngineFault } from "../../engine/errors.ts";
import type { PartFault } from "../../errors/part.ts";
import type { FormatFault } from "../../formats/errors.ts";
import type { NetworkFault } from "../../network/errors.ts";
import type { StorageFault } from "../../storage/errors.ts";
import type { DoorFault, DownloadFault, IntakeFault, KeptModelFault, UnexpectedFault } from "../errors.ts";
import type { TrainingFault } from "../training/errors.ts";

export type { PhotoFault } from "../../engine/decode.ts";
export type { EngineFault } from "../../engine/errors.ts";
export type { PartFault } from "../../errors/part.ts";
export type { TarFault, ZipFault } from "../../formats/archives/errors.ts";
export type { PackedFault } from "../../formats/datasets/errors.ts";
export type { ParquetFault } from "../../formats/datasets/packed/parquet-errors.ts";
export type { FormatFault } from "../../formats/errors.ts";
export type { FieldProblem, FieldRule } from "../../formats/field-problem.ts";
export type { ImageFault } from "../../formats/images/errors.ts";
export type {
  GraphFault,
  Hdf5Fault,
  KerasFault,
  LayerMisfit,
  ModelFilesFault,
  TfjsFault,
} from "../../formats/models/errors.ts";
export type { ProjectFileFault } from "../../formats/project/errors.ts";
export type { StorageFault } from "../../storage/errors.ts";
export type { DoorFault, DownloadFault, IntakeFault, KeptModelFault, UnexpectedFault } from "../errors.ts";
export type { TrainingFault } from "../training/errors.ts";

export type WorkerFault =
  | NetworkFault
  | FormatFault
  | PhotoFault
  | IntakeFault
  | DownloadFault
  | KeptModelFault
  | DoorFault
  | TrainingFault
  | EngineFault
  | StorageFault
  | PartFault
  | UnexpectedFault;
