/** How an HDF5 file begins. Specification 3.0, II.A. */
import { FormatError } from "../../errors.ts";
import type { Hdf5Bytes } from "./file.ts";

export const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/**
 * Sets how the file's addresses and lengths are written; gives the place of the root group.
 * @throws FormatError when the file is no HDF5, or shorter than it says
 */
export function readSuperblock(file: Hdf5Bytes): number {
  const version = file.bytes.length > 8 ? file.view.getUint8(8) : -1;
  // Versions 0 and 1 hold versions of what nobody changed since, then the sizes; 2 and 3 the sizes at once.
  const isOld = version === 0 || version === 1;
  if (!isHdf5(file.bytes) || version < 0 || version > 3 || file.bytes.length < 48) {
    throw new FormatError({ code: "hdf5/unreadable" });
  }
  const cursor = file.at(isOld ? 13 : 9);
  file.offsetSize = cursor.u8();
  file.lengthSize = cursor.u8();
  if (![4, 8].includes(file.offsetSize) || ![4, 8].includes(file.lengthSize)) {
    throw new FormatError({ code: "hdf5/unreadable" });
  }
  cursor.skip(isOld ? 9 + 4 * version : 1);
  const base = cursor.address();
  cursor.address();
  const end = cursor.address() ?? 0;
  if (base !== 0) throw new FormatError({ code: "hdf5/unreadable" });
  const { length } = file.bytes;
  if (end > length) throw new FormatError({ code: "hdf5/cut-short", bytes: length, expected: end });
  // In old files a link to the root group follows, whose name comes first; a place for drivers stands before.
  if (isOld) cursor.skip(2 * file.offsetSize);
  return cursor.address() ?? 0;
}
