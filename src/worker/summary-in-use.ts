import { type ClassifierSummary, summaryOfRun } from "../project/classifier.ts";
import type { Run } from "../project/run.ts";
import type { InUse } from "../storage/project-records.ts";

/** What is said of the classifier in use. @param runs of its project @returns null when there is none */
export function summaryInUse(runs: readonly Run[], inUse: InUse | null): ClassifierSummary | null {
  if (!inUse) return null;
  // Before runs had ids, nothing was said of them.
  if ("classifier" in inUse) return { ...inUse.summary, runId: inUse.summary.runId ?? null };
  const run = runs.find(({ id }) => id === inUse.run);
  return run ? summaryOfRun(run) : null;
}
