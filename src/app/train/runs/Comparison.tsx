import { useEffect, useMemo } from "react";
import type { Run, RunId } from "../../../project/run.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { ComparedCurves } from "./ComparedCurves.tsx";
import { ComparedTests } from "./ComparedTests.tsx";
import styles from "./Comparison.module.css";
import { Differences } from "./Differences.tsx";

const text = words.train.compare;

/** A run that is compared, with its number. */
export interface ComparedRun {
  readonly run: Run;
  readonly number: number;
}

interface ComparisonProps {
  readonly runs: readonly Run[];
  readonly numbers: ReadonlyMap<RunId, number>;
}

/** The chosen runs side by side, the oldest first. */
export function Comparison({ runs, numbers }: ComparisonProps) {
  const chosen = useStore((state) => state.chosenRuns);
  const { compareChosen, clearChosen } = useStore.getState();
  useEffect(() => {
    if (chosen.length > 1) void compareChosen();
  }, [chosen, compareChosen]);
  const compared = useMemo(
    () =>
      runs
        .filter(({ id }) => chosen.includes(id))
        .map((run): ComparedRun => ({ run, number: numbers.get(run.id) ?? 0 }))
        .reverse(),
    [runs, numbers, chosen],
  );
  if (runs.length < 2) return null;
  return (
    <section className={`${controls.card} ${styles.comparison}`} aria-labelledby="compare-title">
      <h2 id="compare-title">{text.title}</h2>
      {compared.length < 2 ? (
        <p className={controls.quiet}>{text.choose(compared.length)}</p>
      ) : (
        <>
          <ComparedTests runs={compared} />
          <Differences runs={compared} />
          <ComparedCurves runs={compared} />
          <div>
            <button type="button" className={controls.button} onClick={clearChosen}>
              {text.clear}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
