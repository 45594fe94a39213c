/** Files that hold a whole data set as numbers or records, told by their contents so that the page can say what to do. */

export type DataFileKind = "parquet" | "numpy" | "matlab" | "idx" | "pickle" | "cifar-binary";

/** Beginnings, one character per byte. */
const BEGINNINGS: readonly (readonly [string, DataFileKind])[] = [
  ["PAR1", "parquet"],
  ["\x93NUMPY", "numpy"],
  ["MATLAB 5.0", "matlab"],
  // Unsigned bytes in one dimension, or in three or four.
  ["\0\0\x08\x01", "idx"],
  ["\0\0\x08\x03", "idx"],
  ["\0\0\x08\x04", "idx"],
];
/** A dictionary in protocols 0 and 1, anything in 2 to 5; what the first strings of CIFAR's say. */
const PICKLES = ["(dp", "}q", "\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"];
const PICKLED = /data|label|batch/;

/** CIFAR-10: a label and 32 × 32 pixels of three channels; CIFAR-100 has two labels. */
const CIFAR_RECORDS = [
  { bytes: 3073, labels: [10] },
  { bytes: 3074, labels: [20, 100] },
];
const RECORDS_LOOKED_AT = 5;

/**
 * null when it is nothing that is known here.
 * @param beginning its first 512 bytes
 */
export async function dataFileKind(blob: Blob, beginning: Uint8Array): Promise<DataFileKind | null> {
  const text = Array.from(beginning.subarray(0, 512), (byte) => String.fromCharCode(byte)).join("");
  const known = BEGINNINGS.find(([start]) => text.startsWith(start));
  if (known) return known[1];
  if (PICKLES.some((start) => text.startsWith(start)) && PICKLED.test(text)) return "pickle";
  for (const { bytes, labels } of CIFAR_RECORDS) {
    if (blob.size === 0 || blob.size % bytes !== 0) continue;
    const starts = Array.from({ length: Math.min(RECORDS_LOOKED_AT, blob.size / bytes) }, (_, at) => at * bytes);
    const heads = await Promise.all(
      starts.map(async (at) => new Uint8Array(await blob.slice(at, at + labels.length).arrayBuffer())),
    );
    if (heads.every((head) => labels.every((most, at) => (head[at] ?? most) < most))) return "cifar-binary";
  }
  return null;
}
