/** CIFAR's MATLAB version: matrices `data` of photos × 3072 bytes with `labels` or `fine_labels`, and cells of names. */
import { beginningOf } from "../../archives/kind.ts";
import { dataFileKind } from "../data-files.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { type CifarBatch, cifarBatch, cifarSets } from "./cifar.ts";
import { type MatValue, readMat } from "./mat.ts";
import { allNumbers, type NumberArray } from "./numbers.ts";
import type { PackedProblem, PackedReader } from "./packed-set.ts";
import { byFolder } from "./photos.ts";

export const readCifarMats: PackedReader = async (files) => {
  const sets = [];
  for (const folder of byFolder(files)) {
    const problems: PackedProblem[] = [];
    const batches: CifarBatch[] = [];
    let [names, namesFile]: [readonly string[] | null, TreeFile | null] = [null, null];
    for (const file of folder) {
      await attempt(file, problems, async () => {
        const variables = await variablesIn(file);
        const found = variables?.get("fine_label_names") ?? variables?.get("label_names");
        if (found && isTexts(found)) [names, namesFile] = [found, file];
        else if (variables) batches.push(...(await batchesIn(file, variables)));
        return variables;
      });
    }
    sets.push(...cifarSets({ batches, names, namesFile, problems }));
  }
  return sets;
};

/** null when it is no such file. */
async function variablesIn(file: TreeFile): Promise<ReadonlyMap<string, MatValue> | null> {
  const blob = await file.read();
  const beginning = await beginningOf(blob);
  return (await dataFileKind(blob, beginning)) === "matlab" ? readMat(blob, nameOf(file)) : null;
}

/** None where the variables are those of another set. */
async function batchesIn(file: TreeFile, variables: ReadonlyMap<string, MatValue>): Promise<CifarBatch[]> {
  const fine = variables.get("fine_labels");
  const labels = fine ?? variables.get("labels");
  const data = variables.get("data");
  if (!labels || !data || isTexts(labels) || isTexts(data)) return [];
  const numbers = await allNumbers(labels, nameOf(file));
  return [cifarBatch({ kind: fine ? "cifar-100" : "cifar-10", file, labels: numbers, array: data })];
}

function isTexts(value: NumberArray | readonly string[]): value is readonly string[] {
  return Array.isArray(value);
}
