import type { BackendName } from "../../worker/protocol/index.ts";
import { trainingIn } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Engine.module.css";
import { Version } from "./Version.tsx";

/** What runs the numbers, why, and the choice of something else. */
export function Engine() {
  const engine = useStore((state) => state.engine);
  const switching = useStore((state) => state.switchingBackend);
  const busy = useStore((state) => trainingIn(state.jobs) !== undefined);
  const chooseBackend = useStore((state) => state.chooseBackend);
  const { label, settings, backend: backendLabel, automatic, starting, switching: switchingText } = words.engine;
  return (
    <section className={styles.engine} aria-label={settings}>
      <p role="status" aria-label={label} className={styles.status}>
        {switching ? switchingText : engine ? words.engine.status(engine) : starting}
      </p>
      <label>
        <span>{backendLabel}</span>
        <select
          value={engine?.chosenByUser ? engine.backend : "auto"}
          disabled={!engine || switching || busy}
          onChange={({ currentTarget }) => void chooseBackend(currentTarget.value as BackendName | "auto")}
        >
          <option value="auto">{automatic}</option>
          {engine?.choices.map(({ backend, available, note }) => (
            <option key={backend} value={backend} disabled={!available}>
              {words.engine.choice(backend, note)}
            </option>
          ))}
        </select>
      </label>
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
