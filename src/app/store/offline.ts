import { lacksIsolation, type Offline, startOffline } from "../../offline/client.ts";
import { sentenceOf } from "../words/words.ts";
import type { Job } from "./jobs.ts";
import type { SliceContext } from "./store.ts";

export interface OfflineSlice {
  /** Whether the app opens and works without a network: null while it is not known, or why it does not. */
  readonly offline: "ready" | { readonly problem: string } | null;
  /** Whether another version of the app waits to be used here. */
  readonly newVersion: boolean;
  /** Starts the service worker. Where the host lets pages have one processor core only, loads the page again if nobody has used it yet. */
  startOffline(): Promise<void>;
  /** Keeps the app for offline use. */
  keepForOffline(): Promise<void>;
  /** Keeps the project, then loads the new version in place of this one. */
  takeNewVersion(): Promise<void>;
}

/** For one tab: without it, a browser that gives no isolation for any headers would load the page again for ever. */
const LOADED_AGAIN_KEY = "headstart.loaded-again";

export function createOfflineSlice({ set, get }: SliceContext): OfflineSlice {
  let starting: Promise<Offline> | null = null;

  const isolate = async (offline: Offline) => {
    if (!lacksIsolation() || sessionStorage.getItem(LOADED_AGAIN_KEY)) return;
    await offline.served();
    if (!mayLoadAgain(get().jobs) || !(await get().attempt(get().keepProject))) return;
    // Somebody may have come meanwhile.
    if (!mayLoadAgain(get().jobs)) return;
    sessionStorage.setItem(LOADED_AGAIN_KEY, "1");
    location.reload();
  };
  /** None of this may hinder the app: what fails is told in one quiet line. */
  const orTell = async (action: () => Promise<void>) => {
    try {
      await action();
    } catch (error) {
      set({ offline: { problem: sentenceOf(error) } });
    }
  };

  return {
    offline: null,
    newVersion: false,
    async startOffline() {
      // While it is developed, the app is not to come from yesterday's cache.
      if (!import.meta.env.PROD) return;
      await orTell(async () => {
        starting = startOffline(() => set({ newVersion: true }));
        await isolate(await starting);
      });
    },
    async keepForOffline() {
      const offline = await starting?.catch(() => null);
      if (!offline) return;
      await orTell(async () => {
        await offline.keep();
        set({ offline: "ready" });
      });
    },
    async takeNewVersion() {
      await get().attempt(async () => {
        get().refuseDuringJobs("update");
        await get().keepProject();
        await (await starting)?.takeOver();
        location.reload();
      });
    },
  };
}

/** Whether nobody has clicked or typed yet, and nothing is under way. */
function mayLoadAgain(jobs: readonly Job[]): boolean {
  // Missing in older browsers, where it cannot be known.
  const { userActivation }: { readonly userActivation?: UserActivation } = navigator;
  return userActivation !== undefined && !userActivation.hasBeenActive && jobs.length === 0;
}
