/** What failed because a part of the app could not be loaded is tried again by the button of its message. */
import { expect, test } from "vitest";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import { PartError } from "../../../src/errors/part.ts";
import { storeOf } from "../../fixtures/store-of.ts";

function createStore() {
  const { get, set } = storeOf((context) => ({ projectId: "first", ...createNoticesSlice(context) }));
  return { get, open: (projectId: string) => set({ projectId }) };
}

/** Fails until the part is there; counts how often it was tried. */
function createWork(part: "decoder" | "engine") {
  const work = {
    tried: 0,
    isThere: false,
    async run() {
      work.tried += 1;
      if (!work.isThere) throw new PartError({ code: "part/not-loaded", part });
    },
  };
  return work;
}

async function press({ get }: ReturnType<typeof createStore>): Promise<void> {
  const [notice] = get().notices;
  if (!notice?.action) throw new Error("No message offers anything");
  get().dismiss(notice.id);
  notice.action.run();
  await new Promise((resolve) => setTimeout(resolve));
}

test("one message offers to try again all that failed for want of the same part, each once", async () => {
  const store = createStore();
  const [one, other] = [createWork("decoder"), createWork("decoder")];
  expect(await store.get().attempt(one.run)).toBe(false);
  await store.get().attempt(one.run);
  await store.get().attempt(other.run);
  expect(store.get().notices.map(({ kind, action }) => [kind, action?.label])).toEqual([["error", "Try again"]]);
  other.isThere = true;
  await press(store);
  expect([one.tried, other.tried]).toEqual([3, 2]);
  expect(store.get().notices).toHaveLength(1);
  one.isThere = true;
  await press(store);
  expect([one.tried, other.tried]).toEqual([4, 2]);
  expect(store.get().notices).toEqual([]);
});

test("what failed in one project is not done in another, and no longer offered; what is for any project is", async () => {
  const store = createStore();
  const [own, any] = [createWork("decoder"), createWork("engine")];
  await store.get().attempt(own.run);
  await store.get().attempt(any.run, any.run);
  expect(store.get().notices).toHaveLength(2);
  store.get().dismissTries();
  store.open("second");
  expect(store.get().notices).toHaveLength(1);
  await press(store);
  expect([own.tried, any.tried]).toEqual([1, 2]);
});

test("of several that failed together, only those for any project are tried in another", async () => {
  const store = createStore();
  const [own, any] = [createWork("engine"), createWork("engine")];
  await store.get().attempt(own.run);
  await store.get().attempt(any.run, any.run);
  store.get().dismissTries();
  store.open("second");
  await press(store);
  expect([own.tried, any.tried]).toEqual([1, 2]);
});

test("other faults, and what cannot be done again, are only told", async () => {
  const store = createStore();
  await store.get().attempt(() => Promise.reject(new TypeError("odd")));
  await store.get().attempt(createWork("decoder").run, null);
  expect(store.get().notices.map(({ action }) => action)).toEqual([null, null]);
});
