/**
 * Names for classes that are WordNet's numbers of nouns, as ImageNet and Tiny ImageNet call their folders: from `words.txt`,
 * `LOC_synset_mapping.txt`, `synset_words.txt`, `map_clsloc.txt` or `imagenet_class_index.json` beside them.
 */
import { tidyName } from "../../../dataset/names.ts";
import type { TreeFile } from "../tree.ts";
import { nameOf, textOf } from "./table.ts";

const SYNSET = /^n\d{8}$/;
const NAMES_FILE = /^(words|.*synset_?(mapping|words)|map_clsloc)\.txt$|^imagenet_class_index\.json$/i;
/** Of all nouns: Tiny ImageNet's `words.txt` has 2.6 MB. */
const MOST_BYTES = 16 * 2 ** 20;

export function areSynsets(classes: readonly string[]): boolean {
  return classes.length > 0 && classes.every((name) => SYNSET.test(name));
}

/** The names of these synsets, no two alike; null where no file beside has them all. */
export async function synsetNames(
  classes: readonly string[],
  others: readonly TreeFile[],
): Promise<ReadonlyMap<string, string> | null> {
  for (const file of others) {
    if (!NAMES_FILE.test(nameOf(file)) || file.size > MOST_BYTES) continue;
    const described = descriptionsIn(await textOf(file).catch(() => ""));
    if (classes.every((synset) => described.get(synset))) return shortest(classes, described);
  }
  return null;
}

/** By synset: “tench, Tinca tinca”. */
function descriptionsIn(text: string): Map<string, string> {
  // `{"0": ["n01440764", "tench"]}`
  const inJson = text.matchAll(/"(n\d{8})"\s*,\s*"([^"]+)"/g);
  // A number may stand between, as in `n02119789 1 kit_fox`.
  const inLines = text.matchAll(/^(n\d{8})[ \t]+(?:\d+[ \t]+)?(\S.*)$/gm);
  return new Map(
    [...inJson, ...inLines].map(([, synset = "", name = ""]) => [synset, tidyName(name.replaceAll("_", " "))]),
  );
}

/** The first of a synset's words, or all of them where another has the same first one, or else its number behind them. */
function shortest(classes: readonly string[], described: ReadonlyMap<string, string>): Map<string, string> {
  const whole = (synset: string) => described.get(synset) ?? synset;
  const first = (synset: string) => tidyName(whole(synset).split(",")[0] ?? "");
  const ways = [first, whole, (synset: string) => `${whole(synset)} (${synset})`];
  const names = new Map<string, string>();
  for (const way of ways) {
    const left = classes.filter((synset) => !names.has(synset));
    const made = left.map(way);
    left.forEach((synset, at) => {
      const name = made[at] ?? synset;
      if (name && made.filter((each) => each === name).length === 1) names.set(synset, name);
    });
  }
  return names;
}
