import { currentPlace } from "../places.ts";
import { preparingAhead } from "./preparing-ahead.ts";
import { headstart, useStore } from "./store.ts";

/** As browsers that have it tell of it: https://w3c.github.io/battery/ */
interface Battery extends EventTarget {
  readonly charging: boolean;
  /** 0..1 */
  readonly level: number;
}

const LOW = 0.2;

/** Prepares photos ahead from now on, whenever it may. */
export async function startPreparingAhead(): Promise<void> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  const consider = preparingAhead({
    headstart,
    get: useStore.getState,
    set: useStore.setState,
    // There the camera may run.
    isEngineTaken: () => currentPlace() === "Use" && useStore.getState().classifier !== null,
    isBatteryLow: () => battery !== undefined && !battery.charging && battery.level < LOW,
  });
  useStore.subscribe(consider);
  addEventListener("hashchange", consider);
  for (const change of ["levelchange", "chargingchange"]) battery?.addEventListener(change, consider);
  consider();
}
