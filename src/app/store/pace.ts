/** How long this machine takes for a photo. */
import type { PreparingProgress, PreparingRequest } from "../../worker/protocol/index.ts";
import type { SliceContext, State } from "./store.ts";

export interface PaceSlice {
  /** As measured last; null before. */
  readonly pace: Pace | null;
  /** @param request that photos are prepared for */
  notePace(
    request: Pick<PreparingRequest, "baseModelId" | "settings">,
    event: Pick<PreparingProgress, "msPerPhoto"> & Partial<PreparingProgress>,
  ): void;
}

interface Pace {
  readonly baseModelId: string;
  /** Pixels; null for the base model's own. */
  readonly inputSize: number | null;
  readonly msPerPhoto: number;
}

export function createPaceSlice({ set }: SliceContext): PaceSlice {
  return {
    pace: null,
    notePace({ baseModelId, settings: { inputSize } }, { msPerPhoto }) {
      if (msPerPhoto !== null) set({ pace: { baseModelId, inputSize, msPerPhoto } });
    },
  };
}

/** Beyond this, a smaller input size is offered: hundreds of photos take a minute. */
const SLOW_MS = 60;

/** Milliseconds per photo where the chosen base model, at the chosen size, is slow here; else null. */
export function slowPace({
  pace,
  baseModelId,
  settings,
}: Pick<State, "pace" | "baseModelId" | "settings">): number | null {
  if (pace?.baseModelId !== baseModelId || pace.inputSize !== settings.inputSize) return null;
  return pace.msPerPhoto > SLOW_MS ? pace.msPerPhoto : null;
}
