/** Access to a Parquet file's columns (Apache Parquet format 2.11) by hyparquet, which is loaded when a first such file comes. */
import type { AsyncBuffer, Compressors, FileMetaData } from "hyparquet";
import { FormatError } from "../../errors.ts";
import type { TreeFile } from "../tree.ts";
import { type Columns, columnsOf } from "./parquet-columns.ts";

/** Of one row group's photos, which are in memory together, and of any page. */
const MOST_GROUP_BYTES = 256 * 2 ** 20;
const MOST_ROWS = 2_000_000;
const MOST_FOOTER_BYTES = 64 * 2 ** 20;
/** The footer's length and `PAR1`. */
const END_BYTES = 8;

export interface RowGroup {
  readonly start: number;
  readonly rows: number;
  /** Of the photos' column, unpacked, as it declares them. */
  readonly bytes: number;
}

export interface ParquetFile {
  readonly name: string;
  readonly columns: Columns;
  readonly groups: readonly RowGroup[];
  /** A column's values in some rows, the last one not included. @throws FormatError when they cannot be read */
  values(column: string, start: number, end: number): Promise<readonly unknown[]>;
}

/** @throws FormatError when it cannot be read, or holds no photos */
export async function openParquet(file: TreeFile, blob: Blob): Promise<ParquetFile> {
  const name = file.parts.at(-1) ?? file.path;
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema, snappyUncompress } = await import("hyparquet");
  const buffer = bufferOf(blob);
  const end = new DataView(await blob.slice(Math.max(0, blob.size - END_BYTES)).arrayBuffer());
  const isWhole = end.byteLength === END_BYTES && end.getUint32(4) === 0x50415231;
  if (!isWhole || end.getUint32(0, true) > Math.min(MOST_FOOTER_BYTES, blob.size)) damaged(name);
  const metadata = await orDamaged(name, () => parquetMetadataAsync(buffer));
  const columns = await orDamaged(name, async () => columnsOf(parquetSchema(metadata), metadata, name));
  const groups = groupsOf(metadata, columns, name);
  const compressors: Compressors = {
    SNAPPY(input, length) {
      const output = new Uint8Array(checked(length));
      snappyUncompress(input, output);
      return output;
    },
    ...(usesZstd(metadata) ? { ZSTD: await zstd() } : {}),
  };
  return {
    name,
    columns,
    groups,
    values: (column, start, stop) =>
      orDamaged(name, async () => {
        const options = { file: buffer, metadata, columns: [column], rowStart: start, rowEnd: stop };
        const rows = await parquetReadObjects({ ...options, utf8: false, compressors });
        if (rows.length !== stop - start) damaged(name);
        return rows.map((row) => row[column] as unknown);
      }),
  };
}

/** Refuses places that are not in the file. */
function bufferOf(blob: Blob): AsyncBuffer {
  return {
    byteLength: blob.size,
    slice(from, to = blob.size) {
      const isInside =
        Number.isSafeInteger(from) && Number.isSafeInteger(to) && from >= 0 && to >= from && to <= blob.size;
      if (!isInside || to - from > MOST_GROUP_BYTES) throw new RangeError("A place outside of the file");
      const bytes = blob.slice(from, to).arrayBuffer();
      // Some are asked for ahead, and nobody waits for them when another fails first.
      bytes.catch(() => undefined);
      return bytes;
    },
  };
}

const CODECS: readonly string[] = ["UNCOMPRESSED", "SNAPPY", "ZSTD"];

function groupsOf({ row_groups: groups }: FileMetaData, columns: Columns, file: string): RowGroup[] {
  let start = 0;
  return groups.map((group) => {
    const rows = Number(group.num_rows);
    const wanted = group.columns.filter(({ meta_data: data }) => {
      const column = data?.path_in_schema[0];
      return column === columns.image || (column !== undefined && column === columns.label);
    });
    let bytes = 0;
    for (const { meta_data: data } of wanted) {
      if (!data) return damaged(file);
      if (!CODECS.includes(data.codec))
        throw new FormatError({ code: "parquet/codec", file, codec: String(data.codec) });
      bytes += Number(data.total_uncompressed_size);
    }
    if (!(rows >= 0 && bytes >= 0)) damaged(file);
    if (bytes > MOST_GROUP_BYTES) {
      throw new FormatError({ code: "parquet/row-group", file, bytes, most: MOST_GROUP_BYTES });
    }
    start += rows;
    if (start > MOST_ROWS) throw new FormatError({ code: "parquet/too-many-rows", file, rows: start, most: MOST_ROWS });
    return { start: start - rows, rows, bytes };
  });
}

function usesZstd({ row_groups: groups }: FileMetaData): boolean {
  return groups.some(({ columns }) => columns.some(({ meta_data: data }) => data?.codec === "ZSTD"));
}

async function zstd(): Promise<(input: Uint8Array, length: number) => Uint8Array> {
  const { decompress } = await import("fzstd");
  return (input, length) => decompress(input, new Uint8Array(checked(length)));
}

function checked(length: number): number {
  if (!(length >= 0 && length <= MOST_GROUP_BYTES)) throw new RangeError("A page that is too large");
  return length;
}

/** hyparquet throws whatever a damaged file leads it into. */
async function orDamaged<Value>(file: string, read: () => Promise<Value>): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FormatError || error instanceof DOMException) throw error;
    return damaged(file);
  }
}

function damaged(file: string): never {
  throw new FormatError({ code: "parquet/damaged", file });
}
