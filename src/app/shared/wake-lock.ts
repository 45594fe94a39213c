/** Keeps the screen on while somebody looks at it without touching it: https://w3c.github.io/screen-wake-lock/ */
import { useEffect } from "react";

interface Lock {
  release(): Promise<void>;
}

export interface Screen {
  /** undefined in browsers that have none. */
  readonly wakeLock: { request(type: "screen"): Promise<Lock> } | undefined;
  readonly page: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
}

/**
 * Keeps the screen on until what it gives is called. A hidden page loses its lock, and takes it again when it is seen
 * again. A browser that refuses, as with a low battery, lets the screen go dark as ever.
 */
export function keepAwake({ wakeLock, page }: Screen): () => void {
  let over = false;
  let held: Lock | null = null;
  const take = async () => {
    if (over || !wakeLock || page.visibilityState !== "visible") return;
    try {
      const lock = await wakeLock.request("screen");
      // Of two that were asked for at once, one is enough.
      if (over || held) await lock.release();
      else held = lock;
    } catch {
      // The screen may go dark; everything works.
    }
  };
  const onVisibility = () => {
    // The browser has let it go.
    if (page.visibilityState !== "visible") held = null;
    else void take();
  };
  page.addEventListener("visibilitychange", onVisibility);
  void take();
  return () => {
    over = true;
    page.removeEventListener("visibilitychange", onVisibility);
    held?.release().catch(() => undefined);
    held = null;
  };
}

/** Keeps the screen on while `active`. */
export function useWakeLock(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const { wakeLock } = navigator as { readonly wakeLock?: Screen["wakeLock"] };
    return keepAwake({ wakeLock, page: document });
  }, [active]);
}
