/** Access to a Parquet file's columns (Apache Parquet format 2.11) by hyparquet, which is loaded when a first such file comes. */
import type { AsyncBuffer, CompressionCodec, FileMetaData, SchemaTree } from "hyparquet";
import { FormatError } from "../../errors.ts";
import type { TreeFile } from "../tree.ts";
import { compressorsFor, isReadable, MOST_GROUP_BYTES } from "./parquet-codecs.ts";
import { type Columns, columnsOf } from "./parquet-columns.ts";

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
  const { parquetMetadataAsync, parquetReadObjects, parquetSchema } = await import("hyparquet");
  const buffer = bufferOf(blob);
  const end = new DataView(await blob.slice(Math.max(0, blob.size - END_BYTES)).arrayBuffer());
  const isWhole = end.byteLength === END_BYTES && end.getUint32(4) === 0x50415231;
  if (!isWhole || end.getUint32(0, true) > Math.min(MOST_FOOTER_BYTES, blob.size)) damaged(name);
  const metadata = await orDamaged(name, () => parquetMetadataAsync(buffer));
  const { columns, groups } = await orDamaged(name, async () => {
    const schema = parquetSchema(metadata);
    const found = columnsOf(schema, metadata, name);
    return { columns: found, groups: groupsOf(metadata, schema, found, name) };
  });
  const compressors = await compressorsFor(codecsOf(metadata));
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
      const isRead = isInside && to - from <= MOST_GROUP_BYTES;
      const bytes = isRead ? blob.slice(from, to).arrayBuffer() : Promise.reject(new RangeError("Outside of the file"));
      // Some are asked for ahead, and nobody waits for them when another fails first.
      bytes.catch(() => undefined);
      return bytes;
    },
  };
}

function groupsOf(
  { row_groups: groups }: FileMetaData,
  schema: SchemaTree,
  columns: Columns,
  file: string,
): RowGroup[] {
  let start = 0;
  return groups.map((group) => {
    const rows = Number(group.num_rows);
    const wanted = group.columns.filter(({ meta_data: data }) => {
      const column = data?.path_in_schema[0];
      return column === columns.image || (column !== undefined && column === columns.label);
    });
    let bytes = 0;
    for (const { meta_data: data } of wanted) {
      if (!data || !isInSchema(data.path_in_schema, schema)) return damaged(file);
      if (!isReadable(data.codec)) throw new FormatError({ code: "parquet/codec", file, codec: String(data.codec) });
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

/** What is not there would be found out while other columns are being read, and their errors would reach nobody. */
function isInSchema(path: readonly string[], schema: SchemaTree): boolean {
  let tree: SchemaTree | undefined = schema;
  for (const name of path) tree = tree?.children.find(({ element }) => element.name === name);
  return tree !== undefined;
}

function codecsOf({ row_groups: groups }: FileMetaData): CompressionCodec[] {
  return groups.flatMap(({ columns }) => columns.flatMap(({ meta_data: data }) => (data ? [data.codec] : [])));
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
