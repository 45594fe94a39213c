import { useMemo } from "react";
import type { Estimate } from "../../evaluation/report.ts";
import type { Run } from "../../project/run.ts";
import { changedSettings } from "../../training/changed-settings.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { useHandOver } from "../shared/useHandOver.ts";
import { keptRuns, shownRun } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { changeInWords } from "../words/settings.ts";
import { words } from "../words/words.ts";
import styles from "./EarlierRuns.module.css";
import { timesOf } from "./run-times.ts";

/** The runs of this project, once there is something to compare. */
export function EarlierRuns() {
  const all = useStore((state) => state.runs);
  const inUse = useStore((state) => state.classifier?.runId ?? null);
  const shown = useStore((state) => shownRun(state)?.id);
  const runs = useMemo(() => keptRuns(all), [all]);
  const times = useMemo(() => timesOf(runs), [runs]);
  const [only] = runs;
  if (!only || (runs.length === 1 && only.id === inUse)) return null;
  const { columns } = words.evaluate.runs;
  return (
    <section className={`${controls.card} ${styles.runs}`}>
      <h2 id="runs-title">{words.evaluate.runs.title}</h2>
      <p className={controls.quiet}>{words.evaluate.runs.explanation}</p>
      <Beside spot="runs" />
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
              <RunRow
                key={run.id}
                run={run}
                time={times.get(run.id) ?? ""}
                isInUse={run.id === inUse}
                isShown={run.id === shown}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

interface RunRowProps {
  readonly run: Run;
  /** When it finished; no other run has the same. */
  readonly time: string;
  readonly isInUse: boolean;
  readonly isShown: boolean;
}

/** On a phone a row is a list of its cells, each with its column's name. */
function RunRow(props: RunRowProps) {
  const { metrics, counts, baseModel, settings, outcome } = props.run;
  const { columns } = words.evaluate.runs;
  return (
    <tr>
      <th scope="row">{props.time}</th>
      <td data-column={columns.accuracy}>
        <Measured estimate={metrics?.accuracy ?? null} />
      </td>
      <td data-column={columns.macroF1}>
        <Measured estimate={metrics?.macroF1 ?? null} />
      </td>
      <td data-column={columns.photos}>{words.evaluate.runs.photos(counts)}</td>
      <td data-column={columns.baseModel} className={styles.words}>
        {baseModel.name}
      </td>
      <td data-column={columns.settings} className={styles.words}>
        {changes(settings)}
      </td>
      <td data-column={columns.end} className={styles.words}>
        {words.train.outcome(outcome, settings.patience)}
      </td>
      <td className={styles.words}>
        <RunActions {...props} />
      </td>
    </tr>
  );
}

function RunActions({ run, time, isInUse, isShown }: RunRowProps) {
  const { showRun, activateRun, pinRun, deleteRun } = useStore.getState();
  const { runs: text } = words.evaluate;
  const named = (action: string) => text.named({ action, time });
  // When its run goes, the focus goes to the list.
  const deleteButton = useHandOver<HTMLButtonElement>((own) => own.closest<HTMLElement>("[tabindex='0']"));
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
        // Disabled, the button that was pressed would lose the focus.
        aria-disabled={isInUse || undefined}
        disabled={!isInUse && !run.classifier}
        onClick={() => !isInUse && void activateRun(run.id)}
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
        ref={deleteButton}
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
    <span>
      {words.evaluate.percent(estimate.value)}{" "}
      <span className={styles.interval}>{words.evaluate.runs.range(estimate)}</span>
    </span>
  );
}

function changes(settings: TrainingSettings): string {
  const changed = changedSettings(settings).map((name) => changeInWords(words.settings, name, settings[name]));
  return changed.join(", ") || words.evaluate.runs.noChanges;
}
