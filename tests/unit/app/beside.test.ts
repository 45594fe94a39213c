/** What is told beside a control, and when it goes. */
import { afterEach, expect, test, vi } from "vitest";
import { createBesideSlice } from "../../../src/app/store/beside.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import { storeOf } from "../../fixtures/store-of.ts";

afterEach(() => vi.unstubAllGlobals());

/** The page shows a place. */
function createStore(place: string) {
  vi.stubGlobal("location", { hash: `#${place}` });
  return storeOf((context) => ({ ...createNoticesSlice(context), ...createBesideSlice(context) })).get;
}

const fail = async () => {
  throw new Error("x");
};

test("what goes wrong at a control in sight stands there, and goes when it is tried again", async () => {
  const get = createStore("train");
  expect(await get().attempt(fail, undefined, "base-model")).toBe(false);
  expect(get().beside).toMatchObject([{ spot: "base-model", kind: "error", text: expect.stringContaining("(x)") }]);
  expect(get().notices).toEqual([]);
  expect(await get().attempt(async () => undefined, undefined, "base-model")).toBe(true);
  expect(get().beside).toEqual([]);
});

test("each control has its own, the latest only", () => {
  const get = createStore("export");
  get().tellBeside("download", "news", "one");
  get().tellBeside("open-file", "error", "two");
  get().tellBeside("download", "news", "three");
  expect(get().beside.map(({ text }) => text)).toEqual(["two", "three"]);
  get().clearBeside("open-file", "train");
  expect(get().beside.map(({ text }) => text)).toEqual(["three"]);
});

test("where the control is not in sight, a message over the page tells it", async () => {
  const get = createStore("use");
  await get().attempt(fail, undefined, "train");
  get().tellBeside("class 1", "error", "taken");
  expect(get().beside).toEqual([]);
  expect(get().notices.map(({ kind }) => kind)).toEqual(["error", "error"]);
});

test("a class's control is on the Data page", () => {
  const get = createStore("data");
  get().tellBeside("class 1", "error", "taken");
  expect(get().beside.map(({ spot }) => spot)).toEqual(["class 1"]);
});
