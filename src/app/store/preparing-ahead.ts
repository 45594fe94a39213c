/** When photos are prepared ahead: while the engine has nothing else to do, and the battery is not low. */
import { takesPart } from "../../dataset/dataset.ts";
import type { Headstart, PreparingRequest } from "../../worker/protocol/index.ts";
import { type EmbeddingGround, isForTheSame } from "./embedding-ground.ts";
import type { State } from "./store.ts";

export interface PreparingAhead {
  readonly headstart: Pick<Headstart, "prepareAhead">;
  get(): State;
  set(change: Pick<State, "ahead">): void;
  /** Whether the engine is wanted for what is no job, as the live camera. */
  isEngineTaken(): boolean;
  isBatteryLow(): boolean;
}

/** Photos come in and settings change many times in a row. */
const PAUSE_MS = 200;

/**
 * Gives a function to call whenever something may have changed. It begins, goes on with what is new, begins anew for another
 * base model, and stops at once when something else wants the engine.
 */
export function preparingAhead({ headstart, get, set, isEngineTaken, isBatteryLow }: PreparingAhead): () => void {
  let running: { readonly wanted: Wanted; readonly controller: AbortController } | null = null;
  /** The last that was done, or that failed: what goes wrong here goes wrong again, and is told, when somebody waits for it. */
  let over: Wanted | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const wantedNow = (): Wanted | null => {
    const state = get();
    const base = state.baseModels.find(({ id }) => id === state.baseModelId);
    const { preparesAhead, engine, switchingBackend, jobs, dataset, settings, projectId } = state;
    // Beside an import it would make that several times slower: the photos first.
    const isFree = engine && !switchingBackend && !isEngineTaken() && jobs.length === 0;
    if (!preparesAhead || !projectId || !isFree || !base?.card || isBatteryLow()) return null;
    return dataset.samples.some(takesPart) ? { projectId, dataset, baseModelId: base.id, settings } : null;
  };

  const begin = async (wanted: Wanted) => {
    const controller = new AbortController();
    running = { wanted, controller };
    const { projectId: _, ...request } = wanted;
    try {
      await headstart.prepareAhead(
        request,
        (event) => {
          if (event.kind !== "preparing" || controller.signal.aborted) return;
          set({ ahead: { done: event.done, total: event.total } });
          get().notePace(request, event);
        },
        controller.signal,
      );
    } catch {
      if (controller.signal.aborted) return;
    } finally {
      if (running?.controller === controller) running = null;
      if (!running) set({ ahead: null });
    }
    over = wanted;
    consider();
  };

  const consider = () => {
    const wanted = wantedNow();
    if (running && !(wanted && isForTheSame(wanted, running.wanted))) {
      running.controller.abort();
      running = null;
      set({ ahead: null });
    }
    if (!wanted || running || timer !== null || (over && isSame(wanted, over))) return;
    timer = setTimeout(() => {
      timer = null;
      const still = wantedNow();
      if (still && !running) void begin(still);
    }, PAUSE_MS);
  };
  return consider;
}

type Wanted = PreparingRequest & EmbeddingGround;

function isSame(one: Wanted, other: Wanted): boolean {
  return isForTheSame(one, other) && one.dataset.samples === other.dataset.samples;
}
