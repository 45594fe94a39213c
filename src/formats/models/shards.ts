/** A model's weight files, found by their names. */
import { FormatError } from "../errors.ts";
import type { GivenFile } from "./model-files.ts";

/** Weight files of one model; TensorFlow.js makes them of 4 MB, and no model may have more than 2 GB. */
const MAX_SHARDS = 1000;

/**
 * The weight files one after another, in the manifest's order; found by name, wherever they lie.
 *
 * A file that was downloaded twice has a mark behind its name, “weights (1).bin”; it serves where no file has the name itself.
 *
 * @param model path of the `model.json`: where several have a mark, the one with that of the model counts
 * @throws FormatError when one is missing, or named twice
 */
export function joinShards(files: readonly GivenFile[], paths: readonly string[], model: string): Uint8Array {
  if (paths.length > MAX_SHARDS) {
    throw new FormatError({ code: "model/too-many-shards", shards: paths.length, most: MAX_SHARDS });
  }
  const shards = paths.map((path) => {
    const shard = shardNamed(files, baseName(path), markOf(baseName(model)));
    if (!shard) throw new FormatError({ code: "model/weight-file-missing", file: baseName(path) });
    return shard.bytes;
  });
  if (new Set(shards).size < shards.length) throw new FormatError({ code: "model/weight-file-twice" });
  const [only] = shards;
  if (only && shards.length === 1) return only;
  const joined = new Uint8Array(shards.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const shard of shards) {
    joined.set(shard, offset);
    offset += shard.length;
  }
  return joined;
}

export function baseName(path: string): string {
  return path.split("/").at(-1) ?? path;
}

function shardNamed(files: readonly GivenFile[], name: string, mark: string): GivenFile | undefined {
  const copies = files.filter(({ path }) => withoutMark(baseName(path)) === withoutMark(name));
  const marked = copies.find(({ path }) => mark !== "" && markOf(baseName(path)) === mark);
  const exact = copies.find(({ path }) => baseName(path) === name);
  return marked ?? exact ?? (copies.length === 1 ? copies[0] : undefined);
}

/** What browsers and systems put before the ending of a name that is taken: “ (1)”, “(1)”, “ - Copy”, “ copy 2”. */
const MARK = /(?: ?\(\d+\)| - Copy(?: \(\d+\))?| copy(?: \d+)?)(?=(?:\.\w+)*$)/i;

function markOf(name: string): string {
  return MARK.exec(name)?.[0].trim() ?? "";
}

/** A file’s name as it was before a browser or system put a mark in it. */
export function withoutMark(name: string): string {
  return name.replace(MARK, "");
}
