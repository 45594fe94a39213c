/** HDF5 files, as far as Keras writes them: groups, their attributes, and arrays of float32. */
import { Dataset, File, Group } from "jsfive";
import type { Weight } from "../../network/network.ts";
import { FormatError } from "../errors.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const DATA_LAYOUT_MESSAGE = 8;
const CONTIGUOUS = 1;

export function isHdf5(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, at) => bytes[at] === byte);
}

/** A group of an HDF5 file. Paths are relative to it and separated by `/`. */
export class Hdf5Group {
  readonly #group: Group;
  readonly #bytes: ArrayBuffer;

  private constructor(group: Group, bytes: ArrayBuffer) {
    this.#group = group;
    this.#bytes = bytes;
  }

  /** The root group. @throws FormatError when the file is incomplete or no HDF5 */
  static open(bytes: Uint8Array): Hdf5Group {
    const { buffer } = bytes;
    const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
    const whole = isWhole ? buffer : new Uint8Array(bytes).buffer;
    const length = lengthByHeader(new DataView(whole));
    if (length > whole.byteLength) {
      throw new FormatError({ code: "hdf5/cut-short", bytes: whole.byteLength, expected: length });
    }
    return new Hdf5Group(
      attempt(null, () => new File(whole)),
      whole,
    );
  }

  get names(): readonly string[] {
    return attempt(null, () => this.#group.keys);
  }

  /** null when there is no such group. */
  group(path: string): Hdf5Group | null {
    const found = this.#find(path);
    return found instanceof Group ? new Hdf5Group(found, this.#bytes) : null;
  }

  /** null when there is no such attribute or it is no text. */
  text(attribute: string): string | null {
    const value = this.#attribute(attribute);
    return typeof value === "string" ? beforeNul(value) : null;
  }

  /** A list of texts, which Keras splits over `name0`, `name1`, … when it is long; null when there is none. */
  texts(attribute: string): string[] | null {
    const whole = this.#list(attribute);
    if (whole) return whole;
    const parts: string[] = [];
    for (let part = 0; ; part++) {
      const value = this.#list(`${attribute}${part}`);
      if (!value) return part ? parts : null;
      parts.push(...value);
    }
  }

  /** Shape of an array; null when there is none of that name. */
  shape(path: string): readonly number[] | null {
    const found = this.#find(path);
    return found instanceof Dataset ? attempt(path, () => found.shape) : null;
  }

  /**
   * An array of float32. Shares the file's memory where its place allows that.
   * @throws FormatError when there is no such array or it holds something else
   */
  array(path: string): Weight {
    const found = this.#find(path);
    if (!(found instanceof Dataset)) throw new FormatError({ code: "hdf5/no-array", array: path });
    const { shape, dtype } = attempt(path, () => ({ shape: found.shape, dtype: found.dtype }));
    if (dtype !== "<f4") throw new FormatError({ code: "hdf5/not-float32", array: path, type: String(dtype) });
    const count = shape.reduce((product, length) => product * length, 1);
    const offset = attempt(path, () => contiguousOffset(found, this.#bytes));
    if (offset === null) return { shape, data: Float32Array.from(attempt(path, () => found.value)) };
    if (offset + 4 * count > this.#bytes.byteLength) {
      throw new FormatError({ code: "hdf5/beyond-end", array: path, bytes: this.#bytes.byteLength });
    }
    return {
      shape,
      data:
        offset % 4 === 0
          ? new Float32Array(this.#bytes, offset, count)
          : new Float32Array(this.#bytes.slice(offset, offset + 4 * count)),
    };
  }

  #list(attribute: string): string[] | null {
    const value = this.#attribute(attribute);
    return Array.isArray(value) ? withoutPadding(value.map(String)) : null;
  }

  #attribute(name: string): unknown {
    return attempt(name, () => this.#group.attrs[name]);
  }

  #find(path: string): Group | Dataset | null {
    const [first = "", ...rest] = path.split("/");
    if (!this.names.includes(first)) return null;
    const found = attempt(path, () => this.#group.get(first));
    if (!rest.length || !found) return found;
    return found instanceof Group ? new Hdf5Group(found, this.#bytes).#find(rest.join("/")) : null;
  }
}

/**
 * Texts of fixed length are filled up with NUL or with spaces; those that end in spaces and are all of one length are taken for
 * the latter. See the HDF5 File Format Specification 3.0, IV.A.2.d, “Strings”.
 */
function withoutPadding(texts: readonly string[]): string[] {
  const cut = texts.map(beforeNul);
  const isFilled = cut.every(({ length }) => length === cut[0]?.length);
  return isFilled ? cut.map((text) => text.replace(/ +$/, "")) : cut;
}

function beforeNul(text: string): string {
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

/** Where a dataset's numbers lie one after another; null when they lie in pieces. jsfive itself reads number by number. */
function contiguousOffset(dataset: Dataset, bytes: ArrayBuffer): number | null {
  const objects = dataset._dataobjects;
  const [message] = objects.find_msg_type(DATA_LAYOUT_MESSAGE);
  const at = message?.get("offset_to_message");
  if (at === undefined) return null;
  const [, , layout, place] = objects._get_data_message_properties(at);
  if (layout !== CONTIGUOUS) return null;
  const offset = new DataView(bytes).getBigUint64(place, true);
  return offset <= Number.MAX_SAFE_INTEGER ? Number(offset) : null;
}

/** The end-of-file address of the superblock; see the HDF5 File Format Specification 3.0, II.A. */
function lengthByHeader(view: DataView): number {
  const place = { 0: 40, 1: 44, 2: 28, 3: 28 }[view.byteLength > 8 ? view.getUint8(8) : -1];
  if (place === undefined || view.byteLength < place + 8) throw new FormatError({ code: "hdf5/unreadable" });
  return Number(view.getBigUint64(place, true));
}

/** @param at a path or an attribute's name; null for the file as a whole */
function attempt<T>(at: string | null, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new FormatError({ code: "hdf5/damaged", at, message });
  }
}
