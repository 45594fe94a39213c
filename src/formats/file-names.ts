/** Names for files and folders that every file system takes, each given once. */

/** Windows takes none of these; a slash would make a folder. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no file's name may have
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"/\\|?*]/g;
/** Windows takes these as devices, whatever their ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** With room for folders above it and for a number. */
const LONGEST = 120;

/** A name that every file system takes, and that no reader takes for a hidden file. */
export function safeName(name: string): string {
  const plain = name
    .normalize("NFC")
    .replace(FORBIDDEN, "-")
    .replace(/[. ]+$/, "")
    .trim();
  const { stem, ending } = parts(plain);
  const letters = Array.from(stem);
  const short = letters.length > LONGEST ? `${letters.slice(0, LONGEST).join("").trim()}${ending}` : plain;
  return short === "" || short.startsWith(".") || DEVICES.test(short) ? `_${short}` : short;
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
