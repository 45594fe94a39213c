/** HDF5 files, as far as Keras writes them: groups, their texts, and arrays of float32. */
import type { Weight } from "../../../network/network.ts";
import { FormatError } from "../../errors.ts";
import { type ArrayHeader, readArrayHeader, readFloats } from "./arrays.ts";
import { type Attribute, readAttributes, readTexts } from "./attributes.ts";
import { Hdf5Bytes } from "./file.ts";
import { GlobalHeaps } from "./heaps.ts";
import { isGroup, readLinks } from "./links.ts";
import { type Message, readMessages } from "./object-header.ts";
import { readSuperblock } from "./superblock.ts";

/** What is known of an open file; each object is read once, however many links lead to it. */
class OpenFile {
  readonly bytes: Hdf5Bytes;
  readonly heaps: GlobalHeaps;
  readonly #objects = new Map<number, FileObject>();

  constructor(bytes: Hdf5Bytes) {
    this.bytes = bytes;
    this.heaps = new GlobalHeaps(bytes);
  }

  object(address: number): FileObject {
    const known = this.#objects.get(address);
    if (known) return known;
    const object = new FileObject(this.bytes, readMessages(this.bytes, address));
    this.#objects.set(address, object);
    return object;
  }
}

class FileObject {
  readonly isGroup: boolean;
  readonly #file: Hdf5Bytes;
  readonly #messages: readonly Message[];
  #links: ReadonlyMap<string, number> | null = null;
  #attributes: ReadonlyMap<string, Attribute> | null = null;

  constructor(file: Hdf5Bytes, messages: readonly Message[]) {
    this.#file = file;
    this.#messages = messages;
    this.isGroup = isGroup(messages);
  }

  get links(): ReadonlyMap<string, number> {
    this.#links ??= readLinks(this.#file, this.#messages);
    return this.#links;
  }

  get attributes(): ReadonlyMap<string, Attribute> {
    this.#attributes ??= readAttributes(this.#file, this.#messages);
    return this.#attributes;
  }

  get array(): ArrayHeader | null {
    return this.isGroup ? null : readArrayHeader(this.#file, this.#messages);
  }
}

/** A group of an HDF5 file. Paths are relative to it and separated by `/`. */
export class Hdf5Group {
  readonly #file: OpenFile;
  readonly #object: FileObject;

  private constructor(file: OpenFile, object: FileObject) {
    this.#file = file;
    this.#object = object;
  }

  /** The root group. @throws FormatError when the file is incomplete or no HDF5 */
  static open(bytes: Uint8Array): Hdf5Group {
    const whole = bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
    const file = new OpenFile(new Hdf5Bytes(whole));
    return new Hdf5Group(file, file.object(readSuperblock(file.bytes)));
  }

  get names(): readonly string[] {
    return [...this.#object.links.keys()];
  }

  /** null when there is no such group. */
  group(path: string): Hdf5Group | null {
    const found = this.#find(path);
    return found?.isGroup ? new Hdf5Group(this.#file, found) : null;
  }

  /** null when there is no such attribute or it is no text. */
  text(attribute: string): string | null {
    const found = this.#object.attributes.get(attribute);
    if (!found || found.shape.length > 0) return null;
    return this.#texts(found)?.[0] ?? null;
  }

  /** A list of texts, which Keras splits over `name0`, `name1`, … when it is long; null when there is none. */
  texts(attribute: string): string[] | null {
    const whole = this.#list(attribute);
    if (whole) return whole;
    const parts: string[] = [];
    for (let part = 0; ; part++) {
      const value = this.#list(`${attribute}${part}`);
      if (!value) return part ? parts : null;
      // One by one: a list may be longer than a call can have arguments.
      for (const text of value) parts.push(text);
    }
  }

  /** Shape of an array; null when there is none of that name. */
  shape(path: string): readonly number[] | null {
    return this.#find(path)?.array?.shape ?? null;
  }

  /**
   * An array of float32. Shares the file's memory where its place allows that.
   * @throws FormatError when there is no such array, it holds something else, or the file does not hold all of it
   */
  array(path: string): Weight {
    const array = this.#find(path)?.array;
    if (!array) throw new FormatError({ code: "hdf5/no-array", array: path });
    const { shape, type } = array;
    if (type.kind !== "float32") {
      throw new FormatError({
        code: "hdf5/not-float32",
        array: path,
        type: type.kind === "other" ? type.name : "text",
      });
    }
    const data = readFloats(this.#file.bytes, array);
    if (data === "beyond-end") {
      throw new FormatError({ code: "hdf5/beyond-end", array: path, bytes: this.#file.bytes.bytes.length });
    }
    return { shape, data };
  }

  #list(attribute: string): string[] | null {
    const found = this.#object.attributes.get(attribute);
    // A list of none was saved as an array of numbers by some versions.
    if (found?.shape.length === 1 && found.shape[0] === 0) return [];
    return found?.shape.length === 1 ? this.#texts(found) : null;
  }

  #texts(attribute: Attribute): string[] | null {
    return readTexts(this.#file.bytes, this.#file.heaps, attribute);
  }

  #find(path: string): FileObject | null {
    let object = this.#object;
    for (const name of path.split("/")) {
      const address = object.isGroup ? object.links.get(name) : undefined;
      if (address === undefined) return null;
      object = this.#file.object(address);
    }
    return object;
  }
}
