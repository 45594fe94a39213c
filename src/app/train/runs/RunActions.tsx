import type { Run } from "../../../project/run.ts";
import { hashOf } from "../../places.ts";
import controls from "../../shared/controls.module.css";
import { useHandOver } from "../../shared/useHandOver.ts";
import { trainingIn } from "../../store/jobs.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "./RunsTab.module.css";

const text = words.train.runs;

interface RunActionsProps {
  readonly run: Run;
  readonly number: number;
}

/** What can be done with a run: the frequent things open, the others one fold away. */
export function RunActions({ run, number }: RunActionsProps) {
  const isInUse = useStore((state) => state.classifier?.runId === run.id);
  const { showRun, activateRun, pinRun } = useStore.getState();
  const named = (action: string) => text.named({ action, number });
  return (
    <div className={styles.buttons}>
      <a
        className={controls.button}
        href={hashOf("Evaluate")}
        aria-label={named(text.evaluate)}
        onClick={() => showRun(run.id)}
      >
        {text.evaluate}
      </a>
      <button
        type="button"
        className={controls.button}
        aria-label={named(isInUse ? text.inUse : text.use)}
        aria-pressed={isInUse}
        // Disabled, the button that was pressed would lose the focus.
        aria-disabled={isInUse || undefined}
        disabled={!isInUse && !run.classifier}
        title={run.classifier ? undefined : text.notKept}
        onClick={() => !isInUse && void activateRun(run.id)}
      >
        {isInUse ? text.inUse : text.use}
      </button>
      <button
        type="button"
        className={controls.button}
        aria-label={named(run.pinned ? text.pinned : text.pin)}
        aria-pressed={run.pinned}
        onClick={() => void pinRun(run.id, !run.pinned)}
      >
        {run.pinned ? text.pinned : text.pin}
      </button>
      <details className={styles.more}>
        <summary className={controls.button} aria-label={named(text.more)}>
          {text.more}
        </summary>
        <MoreActions run={run} number={number} isInUse={isInUse} />
      </details>
    </div>
  );
}

function MoreActions({ run, number, isInUse }: RunActionsProps & { readonly isInUse: boolean }) {
  const { exportRun, trainFurther, repeatRun, deleteRun } = useStore.getState();
  const busy = useStore((state) => trainingIn(state.jobs) !== undefined);
  const named = (action: string) => text.named({ action, number });
  // When its run goes, the focus goes to the list.
  const deleteButton = useHandOver<HTMLButtonElement>((own) => own.closest<HTMLElement>("section"));
  return (
    <div className={styles.menu}>
      <button
        type="button"
        className={controls.button}
        aria-label={named(text.export)}
        disabled={!run.classifier}
        title={run.classifier ? undefined : text.notKept}
        onClick={() => void exportRun(run.id)}
      >
        {text.export}
      </button>
      <button
        type="button"
        className={controls.button}
        aria-label={named(text.further)}
        title={text.furtherHint}
        disabled={busy || !run.classifier}
        onClick={() => void trainFurther(run.id)}
      >
        {text.further}
      </button>
      <button
        type="button"
        className={controls.button}
        aria-label={named(text.repeat)}
        title={text.repeatHint}
        disabled={busy}
        onClick={() => void repeatRun(run.id)}
      >
        {text.repeat}
      </button>
      <button
        ref={deleteButton}
        type="button"
        className={`${controls.button} ${controls.danger}`}
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
