/** Names for files and folders that every file system takes, each given once. */

/** Windows takes none of these; a slash would make a folder. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no file's name may have
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"/\\|?*]/g;
/** Windows takes these as devices, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** What unpacking on a Mac leaves behind, and readers leave out. */
const LEFT_OUT = /^__macosx$/i;
/** With room for folders above it and for a number. */
const LONGEST = 120;
/** In UTF-8, of which most file systems take 255 in a name. */
const LONGEST_BYTES = 220;
const encoder = new TextEncoder();

/** A name that every file system takes, and that no reader takes for a hidden file. */
export function safeName(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(FORBIDDEN, "-")
    .replace(/[. ]+$/, "")
    .trim();
  const { stem, ending } = parts(plain);
  const begun = beginning(stem);
  const short = begun.length < stem.length ? `${begun.replace(/[. ]+$/, "")}${ending}` : plain;
  const isTaken = short.startsWith(".") || DEVICES.test(short) || LEFT_OUT.test(short);
  return short === "" || isTaken ? `_${short}` : short;
}

/** As much of a name as fits, in whole letters. */
function beginning(stem: string): string {
  const letters = Array.from(stem);
  if (letters.length <= LONGEST && encoder.encode(stem).length <= LONGEST_BYTES) return stem;
  let kept = "";
  let bytes = 0;
  for (const letter of letters.slice(0, LONGEST)) {
    bytes += encoder.encode(letter).length;
    if (bytes > LONGEST_BYTES) break;
    kept += letter;
  }
  return kept;
}

/** Gives names out: one that was given before, in whatever case, gets “ (2)”, “ (3)” … before its ending. */
export function createNames(): (name: string) => string {
  const given = new Set<string>();
  const numbers = new Map<string, number>();
  return (name) => {
    const { stem, ending } = parts(name);
    let unique = name;
    let number = numbers.get(name.toLowerCase()) ?? 1;
    while (given.has(unique.toLowerCase())) {
      number += 1;
      unique = `${stem} (${number})${ending}`;
    }
    numbers.set(name.toLowerCase(), number);
    given.add(unique.toLowerCase());
    return unique;
  };
}

function parts(name: string): { stem: string; ending: string } {
  const [ending = ""] = name.match(/\.[a-z0-9]{1,8}$/i) ?? [];
  return ending.length < name.length
    ? { stem: name.slice(0, name.length - ending.length), ending }
    : { stem: name, ending: "" };
}
