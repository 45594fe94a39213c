import type { ParquetFault } from "../../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../../faults.ts";
import { bytes, count } from "../../language.ts";

const AS_PHOTOS = "Use the data set as photos: one folder of JPEG or PNG files per class.";

export const parquetFaults: FaultWords<ParquetFault> = {
  "parquet/damaged": ({ file }) => `${file} is damaged or cut short. Download it again.`,
  "parquet/no-photos": ({ file }) => `${file} is a Parquet file without a column of photos. ${AS_PHOTOS}`,
  "parquet/addresses": ({ file }) =>
    `${file} holds the web addresses of photos and not the photos themselves. Download the photos. ${AS_PHOTOS}`,
  "parquet/codec": ({ file, codec }) =>
    `${file} is compressed with ${codec}, which Headstart cannot unpack. Write it again with Snappy or Zstandard.`,
  "parquet/row-group": ({ file, bytes: size, most }) =>
    `${file} keeps ${bytes(size)} of photos in one row group, more than ${bytes(most)}. Write it again with smaller row groups.`,
  "parquet/too-many-rows": ({ file, rows, most }) =>
    `${file} holds ${count(rows)} rows, more than ${count(most)}. Add a part of the data set.`,
  "parquet/empty-row": ({ file, row }) => `Row ${count(row + 1)} of ${file} holds no photo. Leave that row out.`,
};
