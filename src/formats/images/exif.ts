/** The orientation in EXIF data (EXIF 2.32, section 4.6.4), wherever an image file keeps them. */

const TAG_ORIENTATION = 0x0112;
const SHORT = 3;
const LITTLE_ENDIAN = 0x4949;
const BIG_ENDIAN = 0x4d4d;

/** 1..8, or 1 when the TIFF header at `start` holds none or is damaged: EXIF is optional, and the photo is taken as it is. */
export function exifOrientation(view: DataView, start: number, end: number): number {
  if (start + 8 > end) return 1;
  const order = view.getUint16(start);
  if (order !== LITTLE_ENDIAN && order !== BIG_ENDIAN) return 1;
  const little = order === LITTLE_ENDIAN;
  const directory = start + view.getUint32(start + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const entry = directory + 2 + index * 12;
    if (entry + 12 > end) return 1;
    if (view.getUint16(entry, little) !== TAG_ORIENTATION) continue;
    const value = view.getUint16(entry + 8, little);
    return view.getUint16(entry + 2, little) === SHORT && value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Orientations above 4 turn by a quarter. */
export function uprightSize(width: number, height: number, orientation: number): { width: number; height: number } {
  return orientation > 4 ? { width: height, height: width } : { width, height };
}
