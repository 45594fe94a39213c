/** A search for better settings, against training each of its candidates on each fold. */
import { foldsOf } from "../src/dataset/folds.ts";
import { matrixOf } from "../src/engine/embedding-rows.ts";
import { divisionsFor, FOLDS, MEANS } from "../src/training/search/budgets.ts";
import { candidatesFor } from "../src/training/search/candidates.ts";
import { DEFAULT_SETTINGS } from "../src/training/settings.ts";
import { predictHeldOut } from "../src/worker/training/cross-validation.ts";
import { searchSettings } from "../src/worker/tuning/search.ts";
import { CLASSES, embeddings, WIDTH } from "./fit.ts";
import { gatherRows, photosOfRows } from "./own-head.ts";

const NEVER = new AbortController().signal;

/**
 * Milliseconds for the candidates of the shortest budget on `count` embeddings of 1,280 numbers in ten classes, to the end of the
 * search; the peer's are those of all candidates on all folds of all divisions, one by one, which are as sure of the best one.
 */
export async function searchTime(count: number): Promise<{ ours: number; peer: number }> {
  const { values, labels } = embeddings(count);
  const samples = photosOfRows([...labels.keys()], labels);
  const classes = Array.from({ length: CLASSES }, (_, at) => ({ id: `${at}`, name: `class ${at}`, colour: 0 }));
  const photos = { dataset: { classes, samples }, groups: [] };
  const base = { features: WIDTH, classes: CLASSES, gather: gatherRows(matrixOf(values, WIDTH), labels) };
  const candidates = candidatesFor({
    from: { settings: DEFAULT_SETTINGS, baseModelId: "bench" },
    ...{ otherBases: [], isUneven: false, most: MEANS[10].candidates },
  });
  const start = performance.now();
  await searchSettings({
    ...{ photos, candidates, bases: new Map([["bench", base]]), seed: 1, ends: NEVER },
    onTrial: () => undefined,
  });
  const ours = performance.now() - start;
  const begun = performance.now();
  for (const { settings } of candidates) {
    for (let fold = 0; fold < FOLDS * divisionsFor(count); fold++) {
      const folds = foldsOf(samples, FOLDS, 1 + Math.floor(fold / FOLDS));
      await predictHeldOut({
        ...{ ...photos, ...base, settings, seed: settings.seed + fold, signal: NEVER },
        learned: samples.filter(({ photo }) => folds.get(photo) !== fold % FOLDS),
        held: samples.filter(({ photo }) => folds.get(photo) === fold % FOLDS),
      });
    }
  }
  return { ours, peer: performance.now() - begun };
}
