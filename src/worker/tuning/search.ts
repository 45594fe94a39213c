/** A search for better settings, on embeddings that are there. */
import { foldsOf } from "../../dataset/folds.ts";
import { faultOf } from "../../errors/coded-error.ts";
import { predictedClass } from "../../evaluation/confusion.ts";
import type { Prediction } from "../../evaluation/report.ts";
import { type SearchReport, searchReport } from "../../evaluation/search-report.ts";
import { divisionsFor, FOLDS } from "../../training/search/budgets.ts";
import type { Candidate } from "../../training/search/candidates.ts";
import { type FoldScore, Search, type Trial } from "../../training/search/halving.ts";
import { type HeldOut, predictHeldOut } from "../training/cross-validation.ts";
import type { SearchPhotos } from "./ground.ts";

export interface SearchRun {
  readonly photos: Pick<SearchPhotos, "dataset" | "groups">;
  readonly candidates: readonly Candidate[];
  /** How photos look to each base model of the candidates. */
  readonly bases: ReadonlyMap<string, Pick<HeldOut, "features" | "classes" | "gather">>;
  /** Draws the divisions into folds. */
  readonly seed: number;
  /** Called before each trial, with what was found until then. */
  onTrial(trial: Trial, report: () => SearchReport): void;
  /** Ends it, whatever is under way, with what was found. */
  readonly ends: AbortSignal;
}

/** A photo whose class got no probability at all counts as one that got this. */
const LEAST = 1e-7;

/** Tries the candidates until everything is tried or it is ended. @throws EngineError when the GPU is lost */
export async function searchSettings(run: SearchRun): Promise<SearchReport> {
  const { candidates, photos, ends } = run;
  const { samples } = photos.dataset;
  const search = new Search({ candidates: candidates.length, folds: FOLDS, divisions: divisionsFor(samples.length) });
  const report = () => searchReport(search, candidates, { folds: FOLDS, photos: samples.length });
  const divisions = new Map<number, ReadonlyMap<string, number>>();
  const foldsOfDivision = (at: number) => {
    const folds = divisions.get(at) ?? foldsOf(samples, FOLDS, run.seed + at, photos.groups);
    divisions.set(at, folds);
    return folds;
  };
  for (let trial = search.next(); trial && !ends.aborted; trial = search.next()) {
    run.onTrial(trial, report);
    const folds = foldsOfDivision(Math.floor(trial.fold / FOLDS));
    try {
      search.tell(trial, await scoreOf(run, trial, folds));
    } catch (error) {
      if (ends.aborted) break;
      if (faultOf(error)?.code !== "engine/diverged") throw error;
      search.tell(trial, null);
    }
  }
  return report();
}

async function scoreOf(run: SearchRun, trial: Trial, folds: ReadonlyMap<string, number>): Promise<FoldScore> {
  const candidate = run.candidates[trial.candidate];
  const base = candidate && run.bases.get(candidate.baseModelId);
  if (!base) throw new RangeError(`Candidate ${trial.candidate} has no embeddings.`);
  const { settings } = candidate;
  const { dataset } = run.photos;
  const left = trial.fold % FOLDS;
  const predictions = await predictHeldOut({
    ...{ ...run.photos, ...base, settings, seed: settings.seed + trial.fold, signal: run.ends },
    learned: dataset.samples.filter(({ photo }) => folds.get(photo) !== left),
    held: dataset.samples.filter(({ photo }) => folds.get(photo) === left),
  });
  return foldScore(predictions);
}

/** @param predictions at least one */
function foldScore(predictions: readonly Prediction[]): FoldScore {
  const photos = predictions.length;
  let [hits, loss] = [0, 0];
  for (const { actual, probabilities } of predictions) {
    if (predictedClass(probabilities) === actual) hits += 1;
    loss -= Math.log(Math.max(probabilities[actual] ?? 0, LEAST));
  }
  return { accuracy: hits / photos, loss: loss / photos, photos };
}
