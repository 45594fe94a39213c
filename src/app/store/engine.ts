import type { BackendName, EngineStatus, Headstart } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import type { SliceContext } from "./store.ts";

export type Theme = "system" | "light" | "dark";

export interface EngineSlice {
  /** null while it starts. */
  readonly engine: EngineStatus | null;
  /** Whether it could not be started. */
  readonly engineFailed: boolean;
  readonly switchingBackend: boolean;
  /** Whether it has not answered for so long that it may hang. */
  readonly engineSilent: boolean;
  readonly theme: Theme;
  /** @param worker a fresh one, which is to start before anything else is asked of it */
  startEngine(worker?: StartingEngine): Promise<void>;
  /** After work that went through: an engine that could not be started may have been, for that work. */
  seeEngine(): Promise<void>;
  chooseBackend(backend: BackendName | "auto"): Promise<void>;
  /** It no longer answers, which is told with the offer to end it, or answers again. */
  hearEngine(silent: boolean): void;
  /** Ends it, whatever it is at, and starts a new one. */
  endEngine(): Promise<void>;
  setTheme(theme: Theme): void;
}

/** What is asked of an engine to start it. */
type StartingEngine = Pick<Headstart, "chooseBackend" | "engineStatus">;

const BACKEND_KEY = "headstart.backend";
const THEME_KEY = "headstart.theme";

export function createEngineSlice({ set, get, headstart }: SliceContext): EngineSlice {
  const start = async (worker: StartingEngine) => {
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
    engineSilent: false,
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
    hearEngine(silent) {
      if (silent === get().engineSilent) return;
      set({ engineSilent: silent });
      const { silent: text, end: label } = words.engine;
      if (silent) return get().notify("error", text, [], { label, run: () => void get().endEngine() });
      for (const notice of get().notices) if (notice.text === text) get().dismiss(notice.id);
    },
    async endEngine() {
      await get().attempt(async () => {
        await headstart.endEngine();
        set({ engine: null });
        await get().startEngine();
      });
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
