import { useMemo } from "react";
import type { Estimate } from "../../evaluation/report.ts";
import type { Run } from "../../project/run.ts";
import { changedSettings } from "../../training/changed-settings.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import controls from "../shared/controls.module.css";
import { keptRuns, shownRun } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { changeInWords } from "../words/settings.ts";
import { words } from "../words/words.ts";
import styles from "./EvaluatePlace.module.css";

/** The runs of this project, once there is something to compare. */
export function EarlierRuns() {
  const all = useStore((state) => state.runs);
  const inUse = useStore((state) => state.classifier?.runId ?? null);
  const shown = useStore((state) => shownRun(state)?.id);
  const runs = useMemo(() => keptRuns(all), [all]);
  const [only] = runs;
  if (!only || (runs.length === 1 && only.id === inUse)) return null;
  const { columns } = words.evaluate.runs;
  return (
    <section className={`${controls.card} ${styles.runs}`}>
      <h2 id="runs-title">{words.evaluate.runs.title}</h2>
      <p className={controls.quiet}>{words.evaluate.runs.explanation}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={words.evaluate.runs.scrollable}>
        <table className={styles.table} aria-labelledby="runs-title">
          <thead>
            <tr>
              {[columns.finished, columns.accuracy, columns.macroF1, columns.photos].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              {[columns.baseModel, columns.settings, columns.end, columns.actions].map((name) => (
                <th key={name} scope="col" className={styles.words}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} isInUse={run.id === inUse} isShown={run.id === shown} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function RunRow({ run, isInUse, isShown }: { run: Run; isInUse: boolean; isShown: boolean }) {
  const { finishedAt, metrics, counts, baseModel, settings, outcome } = run;
  return (
    <tr>
      <th scope="row">{words.evaluate.runs.dateTime(finishedAt)}</th>
      <td>
        <Measured estimate={metrics?.accuracy ?? null} />
      </td>
      <td>
        <Measured estimate={metrics?.macroF1 ?? null} />
      </td>
      <td>{words.evaluate.runs.photos(counts)}</td>
      <td className={styles.words}>{baseModel.name}</td>
      <td className={styles.words}>{changes(settings)}</td>
      <td className={styles.words}>{words.train.outcome(outcome, settings.patience)}</td>
      <td className={styles.words}>
        <RunActions run={run} isInUse={isInUse} isShown={isShown} />
      </td>
    </tr>
  );
}

function RunActions({ run, isInUse, isShown }: { run: Run; isInUse: boolean; isShown: boolean }) {
  const { showRun, activateRun, pinRun, deleteRun } = useStore.getState();
  const { runs: text } = words.evaluate;
  const named = (action: string) => text.named({ action, finishedAt: run.finishedAt });
  return (
    <div className={styles.actions}>
      <button
        type="button"
        className={controls.button}
        aria-label={named(text.show)}
        aria-pressed={isShown}
        onClick={() => showRun(run.id)}
      >
        {isShown ? text.shown : text.show}
      </button>
      <button
        type="button"
        className={controls.button}
        aria-label={named(text.use)}
        aria-pressed={isInUse}
        disabled={isInUse || !run.classifier}
        onClick={() => void activateRun(run.id)}
      >
        {isInUse ? text.inUse : text.use}
      </button>
      <button
        type="button"
        className={controls.button}
        aria-label={named(text.pin)}
        aria-pressed={run.pinned}
        onClick={() => void pinRun(run.id, !run.pinned)}
      >
        {run.pinned ? text.pinned : text.pin}
      </button>
      <button
        type="button"
        className={`${controls.button} ${controls.plain} ${controls.danger}`}
        aria-label={named(text.delete)}
        disabled={isInUse}
        title={isInUse ? text.mayNotDelete : undefined}
        onClick={() => void deleteRun(run.id)}
      >
        {text.delete}
      </button>
    </div>
  );
}

function Measured({ estimate }: { estimate: Estimate | null }) {
  if (!estimate) return words.evaluate.metrics.none;
  return (
    <>
      {words.evaluate.percent(estimate.value)}{" "}
      <span className={styles.interval}>{words.evaluate.runs.range(estimate)}</span>
    </>
  );
}

function changes(settings: TrainingSettings): string {
  const changed = changedSettings(settings).map((name) => changeInWords(words.settings, name, settings[name]));
  return changed.join(", ") || words.evaluate.runs.noChanges;
}
