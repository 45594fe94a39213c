/** Little-endian records, as zips and HDF5 files are made of. */

/** Bytes as they are, or a number in so many bytes, little-endian. */
export type Field = Uint8Array | readonly [bytes: 1 | 2 | 4 | 8, value: number];

/** The fields one after another. */
export function fields(...all: readonly Field[]): Uint8Array {
  const length = all.reduce((sum, field) => sum + (field instanceof Uint8Array ? field.length : field[0]), 0);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const field of all) {
    if (field instanceof Uint8Array) {
      bytes.set(field, at);
      at += field.length;
      continue;
    }
    const [width, value] = field;
    if (width === 1) view.setUint8(at, value);
    else if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return bytes;
}
