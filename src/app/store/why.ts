/** Whether photos show why they are called what they are called. */
import type { SliceContext } from "./store.ts";

export interface WhySlice {
  readonly showWhy: boolean;
  setShowWhy(show: boolean): void;
}

export function createWhySlice({ set }: SliceContext): WhySlice {
  return {
    showWhy: false,
    setShowWhy: (showWhy) => set({ showWhy }),
  };
}
