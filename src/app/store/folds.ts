/** Parts of the page that are folded away until somebody wants them; which are open is kept for this browser. */
import type { SliceContext } from "./store.ts";

const FOLDS = ["base-model", "settings", "camera", "metrics", "curves"] as const;
export type Fold = (typeof FOLDS)[number];

export interface FoldsSlice {
  readonly openFolds: readonly Fold[];
  setFold(fold: Fold, open: boolean): void;
}

const KEY = "headstart.open-folds";

export function createFoldsSlice({ set, get }: SliceContext): FoldsSlice {
  const kept = (localStorage.getItem(KEY) ?? "").split(" ");
  return {
    openFolds: FOLDS.filter((fold) => kept.includes(fold)),
    setFold(fold, open) {
      const others = get().openFolds.filter((each) => each !== fold);
      const openFolds = open ? [...others, fold] : others;
      localStorage.setItem(KEY, openFolds.join(" "));
      set({ openFolds });
    },
  };
}
