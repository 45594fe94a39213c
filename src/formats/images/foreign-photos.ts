/** Photos that most browsers do not decode, and that the app turns into ones that they do. */

/** `tiff` may turn out to be a camera's raw file when it is read. */
export type ForeignPhoto = "tiff" | "raw" | "heic";

/** Beginnings, one character per byte. */
const BEGINNINGS: readonly (readonly [string, ForeignPhoto])[] = [
  ["II*\0", "tiff"],
  ["MM\0*", "tiff"],
  ["II+\0", "tiff"],
  ["MM\0+", "tiff"],
  // Panasonic, Olympus and Fujifilm.
  ["IIU\0", "raw"],
  ["IIRO", "raw"],
  ["IIRS", "raw"],
  ["MMOR", "raw"],
  ["FUJIFILMCCD-RAW", "raw"],
];

/** What a file is by its first bytes; null when it is none of these. An AVIF may begin as a HEIC does. */
export function foreignPhoto(bytes: Uint8Array): ForeignPhoto | null {
  const beginning = String.fromCharCode(...bytes.subarray(0, 16));
  if (beginning.startsWith("ftyp", 4)) {
    if (/^(hei[cxms]|hev[cxms]|mif1|msf1)/.test(beginning.slice(8))) return "heic";
    // Canon's CR3.
    return beginning.startsWith("crx ", 8) ? "raw" : null;
  }
  return BEGINNINGS.find(([start]) => beginning.startsWith(start))?.[1] ?? null;
}

export function isRawBeginning(bytes: Uint8Array): boolean {
  return foreignPhoto(bytes) === "raw";
}
