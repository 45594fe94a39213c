/** What versions before 3 kept of runs, as today's records: the only classifier there was becomes the one of its run. */
import { type RunWithDetails, runOf } from "../project/migrate.ts";
import type { InUse } from "./project-records.ts";
import type { PackedRun } from "./run-records.ts";

/** @param inUse the classifier in use, as it was kept */
export function runsOfEarlierVersion(runs: readonly RunWithDetails[], inUse: InUse | null): PackedRun[] {
  const own = inUse && "classifier" in inUse ? runOf(runs, inUse.summary) : null;
  return runs.map(({ run, details }): PackedRun => {
    const classifier = run === own && inUse && "classifier" in inUse ? inUse.classifier : null;
    // Earlier versions kept no list of photos.
    const kept = details && "report" in details ? details : null;
    return {
      run: classifier ? run : { ...run, classifier: null },
      details: kept,
      classifier,
      contents: new Map(),
    };
  });
}
