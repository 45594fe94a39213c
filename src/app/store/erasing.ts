/** Everything that Headstart keeps in this browser, removed at once. */
import type { Erased } from "../../worker/protocol/index.ts";
import { TASKS } from "./job-rules.ts";
import type { SliceContext } from "./store.ts";

export interface ErasingSlice {
  /** What was removed: after that, the page can only be loaded again. null before. */
  readonly erased: (Erased & { readonly bytes: number | null }) | null;
  /** Ends whatever is under way, removes everything, and says what it was. */
  eraseEverything(): Promise<void>;
}

/** @param close lets go of the open project: nothing is saved any more */
export function createErasingSlice({ set, get, headstart }: SliceContext, close: () => void): ErasingSlice {
  return {
    erased: null,
    async eraseEverything() {
      await get().attempt(async () => {
        await get().measureSpace();
        get().abortJobs(...TASKS);
        close();
        const removed = await headstart.eraseEverything();
        localStorage.clear();
        sessionStorage.clear();
        // Missing where the address is not secure. The page that is loaded next registers it again.
        const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
        for (const each of (await workers?.getRegistrations()) ?? []) await each.unregister();
        set({ erased: { ...removed, bytes: get().space?.used ?? null }, projectsShown: false });
      });
    },
  };
}
