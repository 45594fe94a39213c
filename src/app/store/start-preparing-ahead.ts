import { currentPlace } from "../places.ts";
import { preparingAhead } from "./preparing-ahead.ts";
import { quickGuessing } from "./quick-guessing.ts";
import { headstart, useStore } from "./store.ts";

/** As browsers that have it tell of it: https://w3c.github.io/battery/ */
interface Battery extends EventTarget {
  readonly charging: boolean;
  /** 0..1 */
  readonly level: number;
}

const LOW = 0.2;

/** Prepares photos ahead from now on, whenever it may, and learns from them for quick guesses. */
export async function startPreparingAhead(): Promise<void> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  const battery = await getBattery?.call(navigator).catch(() => undefined);
  const isBatteryLow = () => battery !== undefined && !battery.charging && battery.level < LOW;
  const page = { headstart, get: useStore.getState, set: useStore.setState, isBatteryLow };
  const considerAhead = preparingAhead({ ...page, isEngineTaken });
  const considerGuessing = quickGuessing({ ...page, isWatched: () => currentPlace() === "Data" });
  // Who answers while photos come in goes first.
  const consider = () => {
    considerGuessing();
    considerAhead();
  };
  useStore.subscribe(consider);
  addEventListener("hashchange", consider);
  for (const change of ["levelchange", "chargingchange"]) battery?.addEventListener(change, consider);
  consider();
}

/** By what is no job: quick guesses, or the camera where one may run. */
function isEngineTaken(): boolean {
  const { learningQuickly, capturing, quick, classifier } = useStore.getState();
  return learningQuickly || (capturing !== null && quick !== null) || (currentPlace() === "Use" && classifier !== null);
}
