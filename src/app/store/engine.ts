import type { BackendName, EngineStatus, Headstart } from "../../worker/protocol/index.ts";
import type { SliceContext } from "./store.ts";

export type Theme = "system" | "light" | "dark";

export interface EngineSlice {
  /** null while it starts. */
  readonly engine: EngineStatus | null;
  /** Whether it could not be started. */
  readonly engineFailed: boolean;
  readonly switchingBackend: boolean;
  readonly theme: Theme;
  /** @param worker a fresh one, which is to start before anything else is asked of it */
  startEngine(worker?: Headstart): Promise<void>;
  /** After work that went through: an engine that could not be started may have been, for that work. */
  seeEngine(): Promise<void>;
  chooseBackend(backend: BackendName | "auto"): Promise<void>;
  setTheme(theme: Theme): void;
}

const BACKEND_KEY = "headstart.backend";
const THEME_KEY = "headstart.theme";

export function createEngineSlice({ set, get, headstart }: SliceContext): EngineSlice {
  const start = async (worker: Headstart) => {
    const kept = localStorage.getItem(BACKEND_KEY);
    const engine = isBackend(kept)
      ? await worker.chooseBackend(kept).catch(() => worker.engineStatus())
      : await worker.engineStatus();
    set({ engine, engineFailed: false });
  };
  const startAgain = () => get().startEngine();
  return {
    engine: null,
    engineFailed: false,
    switchingBackend: false,
    theme: readTheme(),
    async startEngine(worker = headstart) {
      set({ engineFailed: false });
      const started = await get().attempt(() => start(worker), startAgain);
      if (!started) set({ engine: null, engineFailed: true });
    },
    async seeEngine() {
      // If it fails once more, that has been told.
      if (get().engineFailed) await start(headstart).catch(() => undefined);
    },
    async chooseBackend(backend) {
      await get().attempt(
        async () => {
          set({ switchingBackend: true });
          try {
            set({ engine: await headstart.chooseBackend(backend) });
          } finally {
            set({ switchingBackend: false });
          }
          localStorage.setItem(BACKEND_KEY, backend);
        },
        () => get().chooseBackend(backend),
      );
    },
    setTheme(theme) {
      localStorage.setItem(THEME_KEY, theme);
      set({ theme });
    },
  };
}

function isBackend(text: string | null): text is BackendName {
  return text === "webgpu" || text === "webgl" || text === "wasm";
}

function readTheme(): Theme {
  const kept = localStorage.getItem(THEME_KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}
