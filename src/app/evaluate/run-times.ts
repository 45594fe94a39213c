import type { Run, RunId } from "../../project/run.ts";
import { words } from "../words/words.ts";

/**
 * When each run finished, in words that no two of them share: to the minute where that is enough, or else to the second,
 * and with a number where even that is the same.
 */
export function timesOf(runs: readonly Pick<Run, "id" | "finishedAt">[]): ReadonlyMap<RunId, string> {
  const { dateTime, numbered } = words.evaluate.runs;
  const count = (of: (run: Pick<Run, "finishedAt">) => string) => {
    const counts = new Map<string, number>();
    for (const run of runs) counts.set(of(run), (counts.get(of(run)) ?? 0) + 1);
    return counts;
  };
  const toMinute = ({ finishedAt }: Pick<Run, "finishedAt">) => dateTime(finishedAt);
  const toSecond = ({ finishedAt }: Pick<Run, "finishedAt">) => dateTime(finishedAt, true);
  const [ofMinute, ofSecond] = [count(toMinute), count(toSecond)];
  const seen = new Map<string, number>();
  return new Map(
    runs.map((run) => {
      if (ofMinute.get(toMinute(run)) === 1) return [run.id, toMinute(run)];
      const time = toSecond(run);
      const number = (seen.get(time) ?? 0) + 1;
      seen.set(time, number);
      return [run.id, ofSecond.get(time) === 1 ? time : numbered(time, number)];
    }),
  );
}
