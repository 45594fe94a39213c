import { expect, test } from "vitest";
import { createPaceSlice, slowPace } from "../../../src/app/store/pace.ts";
import type { SliceContext, State } from "../../../src/app/store/store.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";

test("a machine is slow where a photo takes it more than 60 ms, with the base model and input size that are chosen", () => {
  let state = { baseModelId: "base", settings: DEFAULT_SETTINGS } as State;
  const set: SliceContext["set"] = (change) => {
    state = { ...state, ...(typeof change === "function" ? change(state) : change) };
  };
  state = { ...state, ...createPaceSlice({ set } as SliceContext) };
  const tell = (msPerPhoto: number | null) =>
    state.notePace(
      { baseModelId: "base", settings: state.settings },
      { kind: "preparing", done: 30, total: 90, secondsLeft: 9, msPerPhoto },
    );
  expect(slowPace(state)).toBeNull();
  tell(null);
  expect(slowPace(state)).toBeNull();
  tell(60);
  expect(slowPace(state)).toBeNull();
  tell(61);
  expect(slowPace(state)).toBe(61);
  expect(slowPace({ ...state, baseModelId: "other" })).toBeNull();
  expect(slowPace({ ...state, settings: { ...DEFAULT_SETTINGS, inputSize: 160 } })).toBeNull();
});
