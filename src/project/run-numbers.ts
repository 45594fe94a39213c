/** What runs are called: “Run 3” is the third of its project, and stays it when others are deleted. */
import type { Run, RunId } from "./run.ts";

type Numbered = Pick<Run, "id" | "finishedAt" | "number">;

/** The number of each run. Runs of before numbers were kept are counted from the oldest on. */
export function runNumbers(runs: readonly Numbered[]): ReadonlyMap<RunId, number> {
  const numbers = new Map<RunId, number>();
  let last = 0;
  for (const { id, number } of runs.toSorted((a, b) => a.finishedAt.localeCompare(b.finishedAt))) {
    last = number ?? last + 1;
    numbers.set(id, last);
  }
  return numbers;
}

/** The number of a run that is about to be made: 1 for the first of its project. */
export function nextRunNumber(runs: readonly Numbered[]): number {
  return Math.max(0, ...runNumbers(runs).values()) + 1;
}
