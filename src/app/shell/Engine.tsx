import type { BackendName, EngineStatus } from "../../worker/protocol/index.ts";
import { trainingIn } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Engine.module.css";

const NAMES: Record<BackendName, string> = { webgpu: "WebGPU", webgl: "WebGL", wasm: "WebAssembly" };

/** What runs the numbers, why, and the choice of something else. */
export function Engine() {
  const engine = useStore((state) => state.engine);
  const switching = useStore((state) => state.switchingBackend);
  const busy = useStore((state) => trainingIn(state.jobs) !== undefined);
  const chooseBackend = useStore((state) => state.chooseBackend);
  return (
    <section className={styles.engine} aria-label={words.shell.engine.settings}>
      <p role="status" aria-label={words.shell.engine.status} className={styles.status}>
        {switching ? words.shell.engine.switching : engine ? describe(engine) : words.shell.engine.starting}
      </p>
      <label>
        <span>{words.shell.engine.backend}</span>
        <select
          value={engine?.chosenByUser ? engine.backend : "auto"}
          disabled={!engine || switching || busy}
          onChange={({ currentTarget }) => void chooseBackend(currentTarget.value as BackendName | "auto")}
        >
          <option value="auto">{words.shell.engine.automatic}</option>
          {engine?.choices.map(({ backend, available, note }) => (
            <option key={backend} value={backend} disabled={!available}>
              {`${NAMES[backend]} (${note})`}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}

function describe({ backend, threads, reason }: EngineStatus): string {
  const cores = backend === "wasm" ? `, ${threads} ${threads === 1 ? "thread" : "threads"}` : "";
  return `${NAMES[backend]}${cores}: ${reason}`;
}
