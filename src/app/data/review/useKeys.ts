import { useEffect, useEffectEvent } from "react";
import { useStore } from "../../store/store.ts";

/** What keys do, by `KeyboardEvent.key` in lower case. */
export type Keys = Readonly<Record<string, (() => void) | undefined>>;

/**
 * Actions of single keys while a view is open. They do nothing while somebody types, while a dialog is open, or when the
 * focused control uses the key itself. A key that is held down acts once, except arrow keys.
 */
export function useKeys(keys: Keys): void {
  const on = useStore((state) => state.reviewKeys);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const key = event.key.toLowerCase();
    const action = keys[key];
    const isArrow = key.startsWith("arrow");
    if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
      return;
    if (isTakenBy(event.target, key) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (!event.repeat || isArrow) action();
  });
  useEffect(() => {
    if (!on) return;
    const controller = new AbortController();
    addEventListener("keydown", onKey, { signal: controller.signal });
    return () => controller.abort();
  }, [on]);
}

/** Whether the focused element uses the key itself. */
function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("select, textarea")) return true;
  if (target instanceof HTMLInputElement && !["checkbox", "range", "file"].includes(target.type)) return true;
  if (key.startsWith("arrow")) return target.matches("input, [role=tab], [role=radio]");
  return key === "enter" && target.matches("button, a, input, summary");
}
