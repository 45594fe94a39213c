import type { SliceContext } from "./store.ts";

/** What Headstart takes up in this browser. */
export interface Space {
  /** Bytes. */
  readonly used: number;
  readonly available: number;
  /** Whether the browser has promised not to clear it by itself. */
  readonly kept: boolean;
}

export interface SpaceSlice {
  /** null until it was measured, and where the browser does not say. */
  readonly space: Space | null;
  measureSpace(): Promise<void>;
  /** Asks the browser, once a visit, to keep what is here until its user deletes it. */
  askToPersist(): Promise<void>;
}

export function createSpaceSlice({ set }: SliceContext): SpaceSlice {
  let asked = false;
  return {
    space: null,
    async measureSpace() {
      const { usage, quota } = await navigator.storage.estimate();
      const kept = await navigator.storage.persisted();
      set({ space: usage === undefined || quota === undefined ? null : { used: usage, available: quota, kept } });
    },
    async askToPersist() {
      if (asked) return;
      asked = true;
      if (!(await navigator.storage.persisted())) await navigator.storage.persist();
    },
  };
}
