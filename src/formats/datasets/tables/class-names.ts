/** Names for classes that are numbers, from a list beside the photos: `classes.txt`, `labels.txt`, `class_names.json`, `cat_to_name.json`, EMNIST's mapping. */
import { UNSORTED_NAME } from "../../../dataset/dataset.ts";
import { tidyName } from "../../../dataset/names.ts";
import { classNamesIn, type Reading, type TreeFile } from "../tree.ts";
import { areSynsets, synsetNames } from "./synset-names.ts";
import { nameOf, textOf } from "./table.ts";

const NAMES_FILE =
  /^(classes|labels?|class_?names|label_?names|names|categories|label_?map|cat_to_name|class_?(to_?idx|indices|index)|id2label|index_to_name|imagenet_class_index)\.(txt|json|names|csv)$/i;
/** `emnist-balanced-mapping.txt` */
const CHARACTERS_FILE = /^emnist.*mapping\.txt$/i;
const MOST_BYTES = 2 ** 20;
const NUMBER = /^\d+$/;

/** By number; `list` where the numbers are only those of the lines. */
interface Names {
  readonly list: boolean;
  readonly byNumber: ReadonlyMap<number, string>;
}

/** The reading with names in place of numbers, where a list has one for every number; or as it was. */
export async function withClassNames(reading: Reading, others: readonly TreeFile[]): Promise<Reading> {
  const classes = [...classNamesIn(reading.labels.values())];
  const { understood } = reading;
  if (understood.layout === "photo-set") return reading;
  if (areSynsets(classes)) {
    const names = await synsetNames(classes, others);
    return names ? renamed(reading, (synset) => names.get(synset) ?? synset) : reading;
  }
  if (classes.length === 0 || !classes.every((name) => NUMBER.test(name))) return reading;
  // The table that has the numbers names no classes.
  const own = understood.layout === "table" ? understood.file : null;
  for (const file of others) {
    const isCharacters = CHARACTERS_FILE.test(nameOf(file));
    const isNames = isCharacters || NAMES_FILE.test(nameOf(file));
    if (nameOf(file) === own || !isNames || file.size > MOST_BYTES) continue;
    const text = await textOf(file).catch(() => "");
    const names = isCharacters ? charactersIn(text) : namesIn(text);
    const nameOfClass = names && namesFor(classes.map(Number), names);
    if (nameOfClass) return renamed(reading, nameOfClass);
  }
  return reading;
}

function renamed(reading: Reading, nameOfClass: (name: string) => string): Reading {
  const labels = new Map(
    [...reading.labels].map(([path, label]) => {
      const { className } = label;
      const isClass = className !== null && className !== UNSORTED_NAME;
      return [path, isClass ? { ...label, className: nameOfClass(className) } : label];
    }),
  );
  return { ...reading, labels };
}

function namesFor(numbers: readonly number[], { list, byNumber }: Names): ((name: string) => string) | null {
  // A list without numbers of its own counts from 0, or from 1 where its last line would be missing.
  const shift = list && !numbers.includes(0) && numbers.includes(byNumber.size) ? 1 : 0;
  if (!numbers.every((number) => byNumber.has(number - shift))) return null;
  return (name) => byNumber.get(Number(name) - shift) ?? name;
}

function namesIn(text: string): Names | null {
  const trimmed = text.replace(/^\ufeff/, "").trim();
  const named = /^[[{]/.test(trimmed) ? fromJson(trimmed) : fromLines(trimmed);
  if (!named) return null;
  const names = [...named.byNumber.values()];
  return names.length > 1 && new Set(names).size === names.length && names.every(Boolean) ? named : null;
}

/** EMNIST's: a class's number and the codes of its characters, of which the first is its name: `10 65` is A, `1 65 97` too. */
function charactersIn(text: string): Names | null {
  const lines = text.trim().split(/\r\n|\n|\r/);
  const numbered = lines.map((line) => line.trim().match(/^(\d+)\s+(\d{2,3})(\s+\d{2,3})?$/));
  if (!numbered.every((match) => match !== null)) return null;
  const byNumber = new Map(
    numbered.map((match) => [Number(match?.[1]), tidyName(String.fromCharCode(Number(match?.[2])))]),
  );
  return { list: false, byNumber };
}

function fromLines(text: string): Names | null {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== "");
  const numbered = lines.map((line) => line.match(/^\s*(\d+)[\s,:;=]+(.+)$/));
  if (lines.length > 0 && numbered.every((match) => match !== null)) {
    return {
      list: false,
      byNumber: new Map(numbered.map((match) => [Number(match?.[1]), tidyName(match?.[2] ?? "")])),
    };
  }
  // A table with a header, which would be taken for the first name.
  if (lines.every((line) => /[,;\t]/.test(line))) return null;
  return { list: true, byNumber: new Map(lines.map((line, at) => [at, tidyName(line)])) };
}

function fromJson(text: string): Names | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  if (Array.isArray(json)) {
    return json.every((each) => typeof each === "string")
      ? { list: true, byNumber: new Map(json.map((name, at) => [at, tidyName(name)])) }
      : null;
  }
  if (typeof json !== "object" || json === null) return null;
  const pairs = Object.entries(json as Record<string, unknown>).map(([key, value]): [number, string] => {
    if (typeof value === "number") return [value, tidyName(key)];
    // ImageNet's index: a number, then the synset and its name.
    return [NUMBER.test(key) ? Number(key) : Number.NaN, tidyName(String(Array.isArray(value) ? value.at(-1) : value))];
  });
  return pairs.some(([number]) => Number.isNaN(number)) ? null : { list: false, byNumber: new Map(pairs) };
}
