/**
 * Which code page names are in that say nothing of it: each page has a simple model of the texts written in it, and the
 * likeliest wins (naive Bayes over bytes; the shares of kana, common and rare characters are those of ordinary texts).
 */
import { fromCp437 } from "./cp437.ts";

/** WHATWG's label of an encoding, or `cp437`. */
export type CodePage = (typeof PAGES)[number]["page"];

/** Log-likelihood of one character, from the bytes that it is made of. */
type Model = (lead: number, trail: number, before: number) => number;

const among = (share: number, characters: number) => Math.log(share / characters);
const NEVER = among(0.001, 1000);
const isBetween = (byte: number, from: number, to: number) => byte >= from && byte <= to;
const isLetter = (byte: number) => isBetween(byte | 0x20, 0x61, 0x7a);
/** An ASCII letter or digit, whatever the page. */
const ASCII = among(1, 40);
/** A letter that does not go with its neighbour: Cyrillic beside Latin, a capital within a word. */
const ODD = Math.log(0.03);

const shiftJis: Model = (lead, trail) => {
  if (isBetween(lead, 0xa1, 0xdf)) return among(0.01, 63);
  if (lead === 0x82 || lead === 0x83) return among(0.5, 170);
  if (lead === 0x81) return among(0.04, 100);
  if (isBetween(lead, 0x88, 0x97) || (lead === 0x98 && trail <= 0x72)) return among(0.44, 2965);
  return isBetween(lead, 0x98, 0xea) ? among(0.01, 3390) : NEVER;
};

const gbk: Model = (lead, trail) => {
  if (trail < 0xa1) return among(0.005, 15_000);
  if (isBetween(lead, 0xb0, 0xd7)) return among(0.97, 3755);
  return isBetween(lead, 0xd8, 0xf7) ? among(0.02, 3008) : among(0.005, 700);
};

const eucKr: Model = (lead, trail) => {
  if (trail < 0xa1) return among(0.001, 8822);
  if (isBetween(lead, 0xb0, 0xc8)) return among(0.99, 2350);
  return isBetween(lead, 0xca, 0xfd) ? among(0.004, 4888) : among(0.005, 1000);
};

const big5: Model = (lead) => {
  if (isBetween(lead, 0xa4, 0xc6)) return among(0.97, 5401);
  return isBetween(lead, 0xc9, 0xf9) ? among(0.02, 7652) : among(0.01, 500);
};

/** Letters by how common they are in names, the commonest first. */
const RUSSIAN = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";
const GREEK = "αοιετσνηυρπκμλςόίάήέύώωγδχθφβξζψϊϋ";
const LATIN = "éüäöèàáíóñçêßâîôåøæãõúùûëïìòÄÖÜÉÀÅØ";

/** The log-likelihood of each letter: of two, the commoner one has a little more. */
function frequencies(letters: string): ReadonlyMap<string, number> {
  const weights = Array.from(letters, (_, rank) => 1 / (rank + 4));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return new Map(Array.from(letters, (letter, rank) => [letter, Math.log((weights[rank] ?? 0) / sum)]));
}

/** What each byte of a page stands for. */
function lettersOf(page: string): readonly string[] {
  return Array.from({ length: 256 }, (_, byte) => {
    const bytes = Uint8Array.of(byte);
    return page === "cp437" ? fromCp437(bytes) : new TextDecoder(page).decode(bytes);
  });
}

/** Whole words of another alphabet, seldom with a capital within. */
function alphabet(page: string, letters: string): Model {
  const common = frequencies(letters);
  let table: readonly string[] | undefined;
  return (byte, _, before) => {
    table ??= lettersOf(page);
    const letter = table[byte] ?? "";
    const small = letter.toLowerCase();
    const likely = common.get(small);
    if (likely === undefined) return NEVER;
    if (isLetter(before)) return ODD + likely;
    const isWithin = common.has(table[before] ?? "");
    return likely + (small === letter ? Math.log(0.86) : Math.log(0.14) + (isWithin ? ODD : 0));
  };
}

/** Accented letters, which stand among plain ones. */
function western(page: string): Model {
  const common = frequencies(LATIN);
  let table: readonly string[] | undefined;
  return (byte, _, before) => {
    table ??= lettersOf(page);
    return (common.get(table[byte] ?? "") ?? NEVER) + (before >= 0x80 ? ODD : 0);
  };
}

const PAGES = [
  { page: "shift_jis", model: shiftJis, wide: (lead: number) => isBetween(lead, 0x81, 0x9f) || lead >= 0xe0 },
  { page: "gbk", model: gbk, wide: () => true },
  { page: "euc-kr", model: eucKr, wide: () => true },
  { page: "big5", model: big5, wide: () => true },
  { page: "windows-1251", model: alphabet("windows-1251", RUSSIAN), wide: () => false },
  { page: "ibm866", model: alphabet("ibm866", RUSSIAN), wide: () => false },
  { page: "koi8-r", model: alphabet("koi8-r", RUSSIAN), wide: () => false },
  { page: "windows-1253", model: alphabet("windows-1253", GREEK), wide: () => false },
  { page: "windows-1252", model: western("windows-1252"), wide: () => false },
  { page: "cp437", model: western("cp437"), wide: () => false },
] as const;

/** How much likelier the best must be than another for there to be no doubt, as a logarithm. */
const SURE = Math.log(200);
/** Zips that say nothing are in code page 437 by the format's own rule. */
const FIRST_PAGE = Math.log(30);
const MOST_PAGES = 4;

/**
 * The pages that names may be in, the likeliest first; one where there is no doubt. A page that would make two different
 * names equal, or that cannot decode one of them, is none of them.
 */
export function guessCodePages(names: readonly Uint8Array[]): readonly [CodePage, ...CodePage[]] {
  const distinct = [...new Map(names.map((name) => [name.join(), name])).values()];
  const judged = PAGES.map(({ page, model, wide }) => ({ page, score: scoreOf(distinct, page, model, wide) }))
    .map(({ page, score }) => ({ page, score: score + (page === "cp437" ? FIRST_PAGE : 0) }))
    .filter(({ score }) => score > Number.NEGATIVE_INFINITY)
    .sort((a, b) => b.score - a.score);
  const [best, ...others] = judged;
  if (!best) return ["cp437"];
  const doubtful = others.filter(({ score }) => best.score - score < SURE).map(({ page }) => page);
  return [best.page, ...doubtful.slice(0, MOST_PAGES - 1)];
}

function scoreOf(
  names: readonly Uint8Array[],
  page: CodePage,
  model: Model,
  isWide: (lead: number) => boolean,
): number {
  const decoded = names.map((name) => decodeIn(name, page));
  if (decoded.includes(null) || new Set(decoded).size < names.length) return Number.NEGATIVE_INFINITY;
  return names.reduce((sum, name) => sum + likelihood(name, model, isWide), 0);
}

function likelihood(name: Uint8Array, model: Model, isWide: (lead: number) => boolean): number {
  let sum = 0;
  for (let at = 0; at < name.length; at++) {
    const byte = name[at] ?? 0;
    const before = name[at - 1] ?? 0;
    if (byte < 0x80) {
      sum += ASCII;
      continue;
    }
    sum += model(byte, name[at + 1] ?? 0, before);
    if (!isWide(byte)) continue;
    // Few names have Latin letters right beside such characters.
    if (isLetter(before) || isLetter(name[at + 2] ?? 0)) sum += ODD;
    at += 1;
  }
  return sum;
}

/** null where the bytes are none of the page's. */
export function decodeIn(bytes: Uint8Array, page: CodePage): string | null {
  if (page === "cp437") return fromCp437(bytes);
  try {
    return new TextDecoder(page, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
