import { expect, test } from "vitest";
import { keepAwake, type Screen } from "../../../src/app/shared/wake-lock.ts";

/** A page whose visibility can be set, and locks that can be counted. */
function screen(refuses = false) {
  let state: DocumentVisibilityState = "visible";
  const listeners = new Set<() => void>();
  const counts = { asked: 0, held: 0 };
  const wakeLock: NonNullable<Screen["wakeLock"]> = {
    async request() {
      counts.asked += 1;
      if (refuses) throw new DOMException("", "NotAllowedError");
      counts.held += 1;
      let released = false;
      return {
        async release() {
          if (!released) counts.held -= 1;
          released = true;
        },
      };
    },
  };
  const page = {
    get visibilityState() {
      return state;
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  } as unknown as Screen["page"];
  return {
    ...{ wakeLock, page, counts, listeners },
    async show(next: DocumentVisibilityState) {
      // Browsers release the locks of a page that is hidden.
      if (next === "hidden") counts.held = 0;
      state = next;
      for (const listener of listeners) listener();
      await settled();
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test("holds one lock until it is let go", async () => {
  const { wakeLock, page, counts, listeners } = screen();
  const release = keepAwake({ wakeLock, page });
  await settled();
  expect(counts).toEqual({ asked: 1, held: 1 });
  release();
  await settled();
  expect(counts).toEqual({ asked: 1, held: 0 });
  expect(listeners.size).toBe(0);
});

test("takes it again when a hidden page is seen again, and not after it was let go", async () => {
  const { wakeLock, page, counts, show } = screen();
  const release = keepAwake({ wakeLock, page });
  await settled();
  await show("hidden");
  expect(counts).toEqual({ asked: 1, held: 0 });
  await show("visible");
  expect(counts).toEqual({ asked: 2, held: 1 });
  release();
  await show("hidden");
  await show("visible");
  expect(counts).toEqual({ asked: 2, held: 0 });
});

test("a page that is hidden from the start asks when it is seen", async () => {
  const { wakeLock, page, counts, show } = screen();
  await show("hidden");
  keepAwake({ wakeLock, page });
  await settled();
  expect(counts.asked).toBe(0);
  await show("visible");
  expect(counts).toEqual({ asked: 1, held: 1 });
});

test("let go while it is being asked for, it is not kept", async () => {
  const { wakeLock, page, counts } = screen();
  keepAwake({ wakeLock, page })();
  await settled();
  expect(counts).toEqual({ asked: 1, held: 0 });
});

test("nothing breaks where the browser refuses or has none", async () => {
  const { wakeLock, page, counts, show } = screen(true);
  const release = keepAwake({ wakeLock, page });
  await settled();
  await show("hidden");
  await show("visible");
  expect(counts).toEqual({ asked: 2, held: 0 });
  release();
  keepAwake({ wakeLock: undefined, page })();
  await settled();
  expect(counts.asked).toBe(2);
});
