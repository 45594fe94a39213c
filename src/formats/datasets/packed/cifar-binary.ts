/** CIFAR's binary version: records of a label (CIFAR-100: a coarse and a fine one) and 3072 bytes of pixels. */
import { FormatError } from "../../errors.ts";
import { nameOf, textOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { CIFAR_PIXELS, type CifarBatch, type CifarKind, cifarSets } from "./cifar.ts";
import type { PackedProblem, PackedReader } from "./packed-set.ts";
import { byFolder } from "./photos.ts";

interface Encoding {
  readonly kind: CifarKind;
  /** How many values each of a record's labels may have. */
  readonly labels: readonly number[];
  /** Of the list of class names that comes with it. */
  readonly names: RegExp;
}

const ENCODINGS: readonly Encoding[] = [
  { kind: "cifar-10", labels: [10], names: /^batches\.meta\.txt$/i },
  { kind: "cifar-100", labels: [20, 100], names: /^fine_label_names\.txt$/i },
];
/** Files of CIFAR-10 whatever they hold: what else is in them is damage. */
const OWN_NAME = /^(data_batch_\d+|test_batch)\.bin$/i;
const MAY_BE = /(\.(bin|dat|data)|^[^.]+)$/i;
/** As many records can hardly begin with possible labels by chance (1 in 40,000 files of the right size). */
const TELLING_RECORDS = 3;
/** Read at once. */
const RECORDS_AT_ONCE = 512;
const MOST_NAMES_BYTES = 2 ** 16;

export const readCifarBinary: PackedReader = async (files) => {
  const sets = [];
  for (const folder of byFolder(files)) {
    const problems: PackedProblem[] = [];
    const batches: CifarBatch[] = [];
    for (const file of folder.filter((each) => MAY_BE.test(nameOf(each)))) {
      const batch = await attempt(file, problems, () => batchIn(file, folder));
      if (batch) batches.push(batch);
    }
    const [first] = batches;
    const encoding = ENCODINGS.find(({ kind }) => kind === first?.kind);
    const namesFile =
      folder.find((file) => encoding?.names.test(nameOf(file)) && file.size <= MOST_NAMES_BYTES) ?? null;
    const names = namesFile && (await textOf(namesFile).catch(() => "")).split(/\r?\n/).filter((line) => line.trim());
    sets.push(...cifarSets({ batches, names, namesFile, problems }));
  }
  return sets;
};

/** null when it is none. @throws FormatError when it is one by its name and not by its size */
async function batchIn(file: TreeFile, folder: readonly TreeFile[]): Promise<CifarBatch | null> {
  const blob = await file.read();
  const encoding = await encodingOf(file, blob, folder);
  if (!encoding) return null;
  const heads = encoding.labels.length;
  const record = heads + CIFAR_PIXELS;
  if (blob.size % record !== 0 || blob.size === 0) {
    throw new FormatError({ code: "packed/cut-short", file: nameOf(file) });
  }
  return {
    kind: encoding.kind,
    file,
    labels: await labelsIn(blob, record, heads - 1),
    planes: async (at) => new Uint8Array(await blob.slice(at * record + heads, (at + 1) * record).arrayBuffer()),
  };
}

async function encodingOf(file: TreeFile, blob: Blob, folder: readonly TreeFile[]): Promise<Encoding | null> {
  if (OWN_NAME.test(nameOf(file))) return ENCODINGS[0] ?? null;
  for (const encoding of ENCODINGS) {
    const { labels, names } = encoding;
    const record = labels.length + CIFAR_PIXELS;
    const records = blob.size / record;
    const isNamed = folder.some((each) => names.test(nameOf(each))) || /cifar/i.test(file.path);
    if (!Number.isInteger(records) || records < (isNamed ? 1 : TELLING_RECORDS)) continue;
    const starts = Array.from({ length: Math.min(TELLING_RECORDS, records) }, (_, at) => at * record);
    const heads = await Promise.all(
      starts.map(async (at) => new Uint8Array(await blob.slice(at, at + labels.length).arrayBuffer())),
    );
    if (heads.every((head) => labels.every((most, at) => (head[at] ?? most) < most))) return encoding;
  }
  return null;
}

/** The bytes at one place of every record, read piece by piece. */
async function labelsIn(blob: Blob, record: number, place: number): Promise<Uint8Array> {
  const labels = new Uint8Array(blob.size / record);
  for (let from = 0; from < labels.length; from += RECORDS_AT_ONCE) {
    const piece = blob.slice(from * record, (from + RECORDS_AT_ONCE) * record);
    const bytes = new Uint8Array(await piece.arrayBuffer());
    for (let at = 0; at * record < bytes.length; at++) labels[from + at] = bytes[at * record + place] ?? 0;
  }
  return labels;
}
