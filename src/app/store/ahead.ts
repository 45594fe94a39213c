/** Photos prepared before anybody waits for them. */
import type { SliceContext } from "./store.ts";

export interface AheadSlice {
  /** Whether it is wished for. */
  readonly preparesAhead: boolean;
  /** How far it is; null while it does not run. */
  readonly ahead: { readonly done: number; readonly total: number } | null;
  setPreparesAhead(on: boolean): void;
}

const KEY = "headstart.prepare-ahead";

export function createAheadSlice({ set }: SliceContext): AheadSlice {
  return {
    preparesAhead: localStorage.getItem(KEY) !== "off",
    ahead: null,
    setPreparesAhead(on) {
      localStorage.setItem(KEY, on ? "on" : "off");
      set({ preparesAhead: on });
    },
  };
}
