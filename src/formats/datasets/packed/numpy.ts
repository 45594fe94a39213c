/** Photos and labels in NumPy's files: an .npz that holds all, or .npy files beside each other. */
import { partsOf } from "../../../dataset/intake.ts";
import { archiveKind, beginningOf } from "../../archives/kind.ts";
import { readZip } from "../../archives/zip.ts";
import { nameOf } from "../tables/table.ts";
import type { TreeFile } from "../tree.ts";
import { attempt } from "./attempt.ts";
import { labelledPhotos, type NamedArray } from "./named-arrays.ts";
import { readNpy } from "./npy.ts";
import { shapeText } from "./numbers.ts";
import type { PackedProblem, PackedReader, PackedSet } from "./packed-set.ts";
import { byFolder } from "./photos.ts";

/** No set has more arrays. */
const MOST_ARRAYS = 200;

export const readNumpy: PackedReader = async (files) => {
  const sets: PackedSet[] = [];
  for (const folder of byFolder(files)) {
    const beside: NamedArray[] = [];
    const problems: PackedProblem[] = [];
    for (const file of folder) {
      if (/\.npz$/i.test(nameOf(file))) {
        const arrays = await attempt(file, problems, () => arraysInNpz(file));
        if (arrays) sets.push(await setOf([file], arrays, []));
        continue;
      }
      const array = await attempt(file, problems, async () => readNpy(await file.read(), nameOf(file)));
      if (array) beside.push({ name: nameOf(file).replace(/\.npy$/i, ""), file, array });
    }
    if (beside.length || problems.length)
      sets.push(
        await setOf(
          beside.map(({ file }) => file),
          beside,
          problems,
        ),
      );
  }
  return sets;
};

/** null when it is no zip. @throws FormatError when it is damaged */
async function arraysInNpz(file: TreeFile): Promise<NamedArray[] | null> {
  const blob = await file.read();
  const beginning = await beginningOf(blob);
  if (archiveKind(beginning) !== "zip") return null;
  const entries = (await readZip(blob, nameOf(file))).filter(({ path }) => /\.npy$/i.test(path));
  const arrays: NamedArray[] = [];
  for (const entry of entries.slice(0, MOST_ARRAYS)) {
    const name = partsOf(entry.path).join("/");
    const array = await readNpy(await entry.blob(), nameOf(file));
    if (array) arrays.push({ name: name.replace(/\.npy$/i, ""), file, array });
  }
  return arrays;
}

/** Files of numbers without photos are told as such; labels beside photos that belong to none are left out in silence. */
async function setOf(
  files: readonly TreeFile[],
  arrays: readonly NamedArray[],
  damaged: readonly PackedProblem[],
): Promise<PackedSet> {
  const found = await labelledPhotos(arrays);
  const problems = [...damaged, ...found.problems];
  if (found.photos.length === 0) {
    for (const file of files.filter(({ path }) => !problems.some((each) => each.path === path))) {
      const shape = arrays.filter((each) => each.file === file).map(({ array }) => shapeText(array.shape));
      const fault = { code: "packed/no-photos", file: nameOf(file), shape: shape.join(", ") } as const;
      problems.push({ path: file.path, fault });
    }
  }
  const told = new Set(problems.map(({ path }) => path));
  const own = files.map(({ path }) => path).filter((path) => !told.has(path));
  return { kind: "numpy", photos: found.photos, files: own, remarks: found.remarks, problems };
}
