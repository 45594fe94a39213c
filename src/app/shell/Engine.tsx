import type { BackendName, EngineStatus } from "../../worker/protocol/index.ts";
import { useStore } from "../store/store.ts";
import styles from "./Engine.module.css";

const NAMES: Record<BackendName, string> = { webgpu: "WebGPU", webgl: "WebGL", wasm: "WebAssembly" };

/** What runs the numbers, why, and the choice of something else. */
export function Engine() {
  const engine = useStore((state) => state.engine);
  const switching = useStore((state) => state.switchingBackend);
  const busy = useStore((state) => state.activity.kind !== "idle");
  const chooseBackend = useStore((state) => state.chooseBackend);
  return (
    <section className={styles.engine} aria-label="Engine settings">
      <p role="status" aria-label="Engine" className={styles.status}>
        {switching ? "Starting …" : engine ? describe(engine) : "Starting the engine …"}
      </p>
      <label>
        <span>Backend</span>
        <select
          value={engine?.chosenByUser ? engine.backend : "auto"}
          disabled={!engine || switching || busy}
          onChange={({ currentTarget }) => void chooseBackend(currentTarget.value as BackendName | "auto")}
        >
          <option value="auto">Automatic</option>
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
