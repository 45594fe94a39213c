/** What is told beside the control that it is about, and not in a message over the page. */
import type { ClassId } from "../../dataset/dataset.ts";
import { currentPlace, type Place } from "../places.ts";
import type { Notice } from "./notices.ts";
import type { SliceContext } from "./store.ts";

/** Controls that have room for it, and where they are. */
const SPOTS = {
  "base-model": "Train",
  train: "Train",
  runs: "Train",
  tune: "Train",
  "more-photos": "Evaluate",
  camera: "Use",
  classify: "Use",
  download: "Export",
  "download-photos": "Export",
  "save-model": "Export",
  "saved-models": "Export",
  "open-file": "Export",
} as const satisfies Readonly<Record<string, Place>>;

export type Spot = keyof typeof SPOTS | `class ${ClassId}`;

export interface Told extends Pick<Notice, "kind" | "text" | "details"> {
  readonly spot: Spot;
}

export interface BesideSlice {
  /** One for each spot at most. */
  readonly beside: readonly Told[];
  /** Tells it beside a control in place of what was told there; where that is not in sight, in a message. */
  tellBeside(spot: Spot, kind: Notice["kind"], text: string, details?: readonly string[]): void;
  /** It holds no longer. */
  clearBeside(...spots: readonly Spot[]): void;
}

export function createBesideSlice({ set, get }: SliceContext): BesideSlice {
  return {
    beside: [],
    tellBeside(spot, kind, text, details = []) {
      if (placeOf(spot) !== currentPlace()) return get().notify(kind, text, details);
      set(({ beside }) => ({ beside: [...without(beside, [spot]), { spot, kind, text, details }] }));
    },
    clearBeside(...spots) {
      const { beside } = get();
      if (beside.some(({ spot }) => spots.includes(spot))) set({ beside: without(beside, spots) });
    },
  };
}

function placeOf(spot: Spot): Place {
  return (SPOTS as Readonly<Record<string, Place>>)[spot] ?? "Data";
}

function without(beside: readonly Told[], spots: readonly Spot[]): readonly Told[] {
  return beside.filter(({ spot }) => !spots.includes(spot));
}
