/** The names of a zip's files (PKWARE APPNOTE 6.3.10, 4.4.4 bit 11, 4.6.9 and appendix D). */
import { type CodePage, decodeIn, guessCodePages } from "./code-pages.ts";
import { fromCp437 } from "./cp437.ts";
import { crc32 } from "./crc32.ts";

/** A name as the zip has it. */
export interface RawName {
  readonly bytes: Uint8Array;
  /** Contents of Info-ZIP's Unicode Path extra field (0x7075); null without one. */
  readonly unicodePath: Uint8Array | null;
}

export interface DecodedNames {
  /** In the order of the raw ones, with `/` between folders. */
  readonly names: readonly string[];
  /** The code pages that those names may be in that do not say it, the likeliest first; empty where all say it. */
  readonly codePages: readonly CodePage[];
}

/** Folders that are looked at to guess: many more of a kind say nothing new. */
const UTF8 = new TextDecoder("utf-8", { fatal: true });
const LOOKED_AT = 500;

/**
 * Decodes names: by the Unicode Path field where it belongs to the name, as UTF-8 where they are UTF-8, flagged or not, and
 * all others in one code page, which is guessed from them together.
 *
 * @param codePage what a person has chosen; null guesses
 */
export function decodeNames(raw: readonly RawName[], codePage: CodePage | null): DecodedNames {
  const known = raw.map(({ bytes, unicodePath }) => fromField(bytes, unicodePath) ?? asUtf8(bytes));
  const unknown = raw.map(({ bytes }) => bytes).filter((_, at) => known[at] === null);
  const codePages = unknown.length ? guessCodePages(segmentsOf(unknown)) : [];
  const [guessed = "cp437"] = codePages;
  const page = codePage ?? guessed;
  const names = raw.map(({ bytes }, at) => known[at] ?? decodeIn(bytes, page) ?? fromCp437(bytes));
  // Only now: within a character of two bytes a backslash is none.
  return { names: names.map((name) => name.replaceAll("\\", "/")), codePages };
}

/** Version 1, the CRC-32 of the name that it stands for, and the name in UTF-8. */
function fromField(bytes: Uint8Array, field: Uint8Array | null): string | null {
  if (!field || field.length < 6 || field[0] !== 1) return null;
  const view = new DataView(field.buffer, field.byteOffset, field.byteLength);
  return view.getUint32(1, true) === crc32(bytes) ? asUtf8(field.subarray(5)) : null;
}

function asUtf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/** Names of folders and files between slashes, those only that are not all ASCII. */
function segmentsOf(names: readonly Uint8Array[]): Uint8Array[] {
  const segments = new Map<string, Uint8Array>();
  for (const name of names) {
    let start = 0;
    for (let at = 0; at <= name.length; at++) {
      if (at < name.length && name[at] !== 0x2f) continue;
      const segment = name.subarray(start, at);
      if (segment.some((byte) => byte >= 0x80)) segments.set(segment.join(), segment);
      start = at + 1;
    }
    if (segments.size >= LOOKED_AT) break;
  }
  return [...segments.values()];
}
