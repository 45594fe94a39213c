import type { BackendName, EngineStatus, Headstart } from "../../worker/protocol/index.ts";
import type { SliceContext } from "./store.ts";

export type Theme = "system" | "light" | "dark";

export interface EngineSlice {
  /** null while it starts. */
  readonly engine: EngineStatus | null;
  readonly switchingBackend: boolean;
  readonly theme: Theme;
  /** @param worker a fresh one, which is to start before anything else is asked of it */
  startEngine(worker?: Headstart): Promise<void>;
  chooseBackend(backend: BackendName | "auto"): Promise<void>;
  setTheme(theme: Theme): void;
}

const BACKEND_KEY = "headstart.backend";
const THEME_KEY = "headstart.theme";

export function createEngineSlice({ set, get, headstart }: SliceContext): EngineSlice {
  return {
    engine: null,
    switchingBackend: false,
    theme: readTheme(),
    async startEngine(worker = headstart) {
      await get().attempt(async () => {
        const kept = localStorage.getItem(BACKEND_KEY);
        const engine = isBackend(kept)
          ? await worker.chooseBackend(kept).catch(() => worker.engineStatus())
          : await worker.engineStatus();
        set({ engine });
      });
    },
    async chooseBackend(backend) {
      set({ switchingBackend: true });
      await get().attempt(async () => {
        set({ engine: await headstart.chooseBackend(backend) });
        localStorage.setItem(BACKEND_KEY, backend);
      });
      set({ switchingBackend: false });
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
