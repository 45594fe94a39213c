import { useMemo } from "react";
import { runNumbers } from "../../../project/run-numbers.ts";
import { Beside } from "../../shared/Beside.tsx";
import controls from "../../shared/controls.module.css";
import { keptRuns } from "../../store/runs.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { Comparison } from "./Comparison.tsx";
import { RunRow } from "./RunRow.tsx";
import styles from "./RunsTab.module.css";

/** Every run of the project, the latest first. */
export function RunsTab() {
  const all = useStore((state) => state.runs);
  const runs = useMemo(() => keptRuns(all), [all]);
  const numbers = useMemo(() => runNumbers(all), [all]);
  const text = words.train.runs;
  return (
    <>
      <section tabIndex={-1} className={`${controls.card} ${styles.runs}`} aria-labelledby="runs-title">
        <h2 id="runs-title">{text.title}</h2>
        <p className={controls.quiet}>{runs.length ? text.explanation : text.none}</p>
        <Beside spot="runs" />
        {runs.length ? (
          <table className={styles.table} aria-labelledby="runs-title">
            <thead>
              <tr>
                {Object.values(text.columns).map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {runs.map((run, at) => (
                <RunRow key={run.id} run={run} above={runs[at - 1]} number={numbers.get(run.id) ?? 0} />
              ))}
            </tbody>
          </table>
        ) : null}
      </section>
      <Comparison runs={runs} numbers={numbers} />
    </>
  );
}
