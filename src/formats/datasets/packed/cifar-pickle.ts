/** CIFAR's Python version: pickled dictionaries with `data`, `labels` or `fine_labels`, and one of names. */

import { beginningOf } from "../../archives/kind.ts";
import { dataFileKind } from "../data-files.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { type CifarBatch, cifarBatch, cifarSets } from "./cifar.ts";
import { allNumbers } from "./numbers.ts";
import type { PackedProblem, PackedReader } from "./packed-set.ts";
import { byFolder } from "./photos.ts";
import { readPickle } from "./pickle.ts";
import { PickledArray, type PickledDict, type PickleValue, textOf } from "./pickle-values.ts";

export const readCifarPickles: PackedReader = async (files) => {
  const sets = [];
  for (const folder of byFolder(files)) {
    const problems: PackedProblem[] = [];
    const batches: CifarBatch[] = [];
    let [names, namesFile]: [string[] | null, TreeFile | null] = [null, null];
    for (const file of folder) {
      await attempt(file, problems, async () => {
        const dict = await dictIn(file);
        if (!dict) return null;
        const found = textsIn(dict.get("fine_label_names") ?? dict.get("label_names"));
        if (found) [names, namesFile] = [found, file];
        else batches.push(...(await batchesIn(file, dict)));
        return dict;
      });
    }
    sets.push(...cifarSets({ batches, names, namesFile, problems }));
  }
  return sets;
};

/** null when it is no pickle of a dictionary. */
async function dictIn(file: TreeFile): Promise<PickledDict | null> {
  const blob = await file.read();
  const beginning = await beginningOf(blob);
  if ((await dataFileKind(blob, beginning)) !== "pickle") return null;
  const value = await readPickle(blob, nameOf(file));
  return value instanceof Map ? value : null;
}

function textsIn(value: PickleValue | undefined): string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.map(textOf).filter((text) => text !== null);
  return texts.length === value.length ? texts : null;
}

/** None where the dictionary is of another set. */
async function batchesIn(file: TreeFile, dict: PickledDict): Promise<CifarBatch[]> {
  const fine = dict.get("fine_labels");
  const labels = await labelsIn(fine ?? dict.get("labels"), nameOf(file));
  const data = dict.get("data");
  const array = data instanceof PickledArray ? data.array : null;
  if (!labels || !array) return [];
  return [cifarBatch({ kind: fine === undefined ? "cifar-10" : "cifar-100", file, labels, array })];
}

/** Numbers, in a list as CIFAR has it or in an array. */
async function labelsIn(value: PickleValue | undefined, file: string): Promise<ArrayLike<number> | null> {
  if (value instanceof PickledArray) return value.array && allNumbers(value.array, file);
  if (!Array.isArray(value)) return null;
  const labels = value.filter((label) => typeof label === "number");
  return labels.length === value.length ? labels : null;
}
