import { expect, test } from "vitest";
import { createPaceSlice, slowPace } from "../../../src/app/store/pace.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { storeOf } from "../../fixtures/store-of.ts";

test("a machine is slow where a photo takes it more than 60 ms, with the base model and input size that are chosen", () => {
  const { get } = storeOf((context) => ({
    ...{ baseModelId: "base", settings: DEFAULT_SETTINGS },
    ...createPaceSlice(context),
  }));
  const tell = (msPerPhoto: number | null) =>
    get().notePace(
      { baseModelId: "base", settings: DEFAULT_SETTINGS },
      { kind: "preparing", done: 30, total: 90, secondsLeft: 9, msPerPhoto },
    );
  expect(slowPace(get())).toBeNull();
  tell(null);
  expect(slowPace(get())).toBeNull();
  tell(60);
  expect(slowPace(get())).toBeNull();
  tell(61);
  expect(slowPace(get())).toBe(61);
  expect(slowPace({ ...get(), baseModelId: "other" })).toBeNull();
  expect(slowPace({ ...get(), settings: { ...DEFAULT_SETTINGS, inputSize: 160 } })).toBeNull();
});
