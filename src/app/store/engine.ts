import type { BackendName, EngineStatus } from "../../worker/protocol/index.ts";
import type { SliceContext } from "./store.ts";

export type Theme = "system" | "light" | "dark";

export interface EngineSlice {
  /** null while it starts. */
  readonly engine: EngineStatus | null;
  readonly switchingBackend: boolean;
  readonly theme: Theme;
  startEngine(): Promise<void>;
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
    async startEngine() {
      await get().attempt(async () => {
        const kept = localStorage.getItem(BACKEND_KEY);
        const engine = isBackend(kept)
          ? await headstart.chooseBackend(kept).catch(() => headstart.engineStatus())
          : await headstart.engineStatus();
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
