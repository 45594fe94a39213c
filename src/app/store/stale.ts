/** Results that no longer match the project. */
import type { Run, RunId } from "../../project/run.ts";
import { changesSince, type TakenPhotos } from "../../project/since-run.ts";
import { jobOf } from "./jobs.ts";
import { runInUse } from "./runs.ts";
import { splitsOf } from "./selectors.ts";
import type { SliceContext, State } from "./store.ts";

export interface StaleSlice {
  /** The photos that took part in a run; null until they are read. */
  readonly taken: { readonly run: RunId; readonly photos: TakenPhotos | null } | null;
  /** Reads the photos that took part in the run whose classifier is in use. */
  loadTaken(): Promise<void>;
}

export function createStaleSlice({ set, get, headstart }: SliceContext): StaleSlice {
  return {
    taken: null,
    async loadTaken() {
      const run = runInUse(get());
      if (!run || get().taken?.run === run.id) return;
      await get().attempt(async () => {
        const photos = await headstart.photosOfRun(run.id);
        // Another run may be in use by now.
        if (runInUse(get())?.id === run.id) set({ taken: { run: run.id, photos } });
      }, null);
    },
  };
}

let latest: { readonly causes: readonly unknown[]; readonly changes: number } = { causes: [], changes: 0 };

/** How much has changed since the run whose classifier is in use; 0 as long as that is not known, and while it changes. */
export function changesSinceRun(state: State): number {
  const run: Run | undefined = runInUse(state);
  const { taken, dataset, settings, baseModelId, groups, jobs } = state;
  if (!run || taken?.run !== run.id || jobOf(jobs, "import", "train")) return 0;
  const causes = [run, taken, dataset, settings, baseModelId, groups];
  if (causes.some((cause, at) => cause !== latest.causes[at])) {
    const splits = splitsOf(state);
    const isLeftOut = (photo: string) => !splits.has(photo);
    latest = { causes, changes: changesSince(run, taken.photos, { dataset, settings, baseModelId, isLeftOut }) };
  }
  return latest.changes;
}
