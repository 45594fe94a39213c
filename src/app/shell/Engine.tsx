import type { BackendName } from "../../worker/protocol/index.ts";
import { CalmSelect } from "../shared/CalmSelect.tsx";
import controls from "../shared/controls.module.css";
import { RetryButton } from "../shared/RetryButton.tsx";
import { trainingIn } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Engine.module.css";
import { Version } from "./Version.tsx";

/** What runs the numbers, why, and the choice of something else. */
export function Engine() {
  const engine = useStore((state) => state.engine);
  const failed = useStore((state) => state.engineFailed);
  const silent = useStore((state) => state.engineSilent);
  const endEngine = useStore((state) => state.endEngine);
  const switching = useStore((state) => state.switchingBackend);
  const busy = useStore((state) => trainingIn(state.jobs) !== undefined);
  const chooseBackend = useStore((state) => state.chooseBackend);
  const startEngine = useStore((state) => state.startEngine);
  const {
    label,
    settings,
    backend: backendLabel,
    automatic,
    starting,
    notStarted,
    notAnswering,
    end,
    switching: switchingText,
  } = words.engine;
  const waiting = failed ? notStarted : starting;
  return (
    <section tabIndex={-1} className={styles.engine} aria-label={settings}>
      <p role="status" aria-label={label} className={styles.status}>
        {silent ? notAnswering : switching ? switchingText : engine ? words.engine.status(engine) : waiting}
      </p>
      {failed ? <RetryButton onRetry={() => void startEngine()} /> : null}
      {silent ? (
        <button type="button" className={controls.button} onClick={() => void endEngine()}>
          {end}
        </button>
      ) : null}
      <CalmSelect
        label={backendLabel}
        value={engine?.chosenByUser ? engine.backend : "auto"}
        disabled={!engine || switching || busy}
        onChoose={(value) => void chooseBackend(value as BackendName | "auto")}
      >
        <option value="auto">{automatic}</option>
        {engine?.choices.map(({ backend, available, note }) => (
          <option key={backend} value={backend} disabled={!available}>
            {words.engine.choice(backend, note)}
          </option>
        ))}
      </CalmSelect>
      <PreparingAhead />
      <Version />
    </section>
  );
}

function PreparingAhead() {
  const on = useStore((state) => state.preparesAhead);
  const ahead = useStore((state) => state.ahead);
  const setPreparesAhead = useStore((state) => state.setPreparesAhead);
  return (
    <>
      <label className={styles.check}>
        <input type="checkbox" checked={on} onChange={({ currentTarget }) => setPreparesAhead(currentTarget.checked)} />
        {words.engine.prepareAhead}
      </label>
      {ahead && ahead.done < ahead.total ? <p>{words.engine.preparingAhead(ahead)}</p> : null}
    </>
  );
}
