/** Many photos classified together: what the page keeps of them. */
import { describe, expect, test } from "vitest";
import { createBatchSlice } from "../../../src/app/store/batch.ts";
import { createBesideSlice } from "../../../src/app/store/beside.ts";
import { createJobsSlice } from "../../../src/app/store/jobs.ts";
import { createNoticesSlice } from "../../../src/app/store/notices.ts";
import type { State } from "../../../src/app/store/store.ts";
import type { BatchProgress, ClassifiedPhoto, Headstart } from "../../../src/worker/protocol/index.ts";
import { storeOf } from "../../fixtures/store-of.ts";

const FILES = [{ path: "pets/Cat/a.jpg", blob: new Blob(["a"]) }];

function answer(id: number, className: string | null): ClassifiedPhoto {
  const best = [
    { place: 1, probability: 0.75 },
    { place: 0, probability: 0.25 },
  ];
  return {
    id,
    path: `${className}/${id}.jpg`,
    fileName: `${id}.jpg`,
    className,
    outcome: { photo: `hash-${id}`, best, isUnknown: false },
  };
}

/** The slice before a worker whose classification the test plays. */
function createStore(classify: (tell: (progress: BatchProgress) => void, signal: AbortSignal) => Promise<number>) {
  const added: [string, string][] = [];
  const forgotten: string[] = [];
  const worker: Partial<Headstart> = {
    classifyBatch: (_batch, _files, _choice, onEvent, signal) => classify(onEvent, signal),
    forgetDrop: async (drop) => void forgotten.push(drop),
    batchPhoto: async (_batch, id) => new Blob([`bytes of ${id}`]),
  };
  const store = storeOf(
    (context) => ({
      ...createBesideSlice(context),
      ...createNoticesSlice(context),
      ...createJobsSlice(context),
      ...createBatchSlice(context),
      classifier: { runId: null, classNames: ["dog", "cat"] },
      dataset: { classes: [], samples: [] },
      runs: [],
      seeEngine: async () => undefined,
      chooseReadings: async (_files: unknown, choice: unknown) => choice,
      addToClass: async ([file]: { path: string; blob: Blob }[], classId: string) =>
        void added.push([`${file?.path}: ${await file?.blob.text()}`, classId]),
    }),
    worker,
  );
  return { get: store.get as () => State, added, forgotten };
}

describe("a batch", () => {
  test("keeps what is told, knows the photos' own classes in any case, and lets the drop go", async () => {
    const { get, forgotten } = createStore(async (tell) => {
      tell({ photos: [answer(1, "Cat"), answer(2, null)], done: 2, total: 4 });
      expect(get().jobs).toMatchObject([{ kind: "classify", progress: { done: 2, total: 4, unit: "files" } }]);
      tell({ photos: [answer(3, "bird")], done: 4, total: 4 });
      return 1;
    });
    await get().classifyBatch(FILES);
    expect(get().batch).toMatchObject({ ignored: 1, finished: true });
    expect(get().batch?.photos.map(({ id, actual }) => [id, actual])).toEqual([
      [1, 1],
      [2, null],
      [3, null],
    ]);
    expect(get().jobs).toEqual([]);
    expect(forgotten).toEqual([get().batch?.name]);
  });

  test("that is cancelled keeps what was found so far; without anything it goes", async () => {
    const cancelled = (photos: ClassifiedPhoto[]) =>
      createStore(async (tell, signal) => {
        tell({ photos, done: photos.length, total: 9 });
        setTimeout(() => some.get().abortJobs("classify"));
        return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      });
    let some = cancelled([answer(1, null)]);
    await some.get().classifyBatch(FILES);
    expect(some.get().batch).toMatchObject({ finished: true, photos: [{ id: 1 }] });
    some = cancelled([]);
    await some.get().classifyBatch(FILES);
    expect(some.get().batch).toBeNull();
    expect(some.get().notices).toEqual([]);
  });

  test("gives a photo's bytes to the class that was chosen", async () => {
    const { get, added } = createStore(async (tell) => {
      tell({ photos: [answer(7, null)], done: 1, total: 1 });
      return 0;
    });
    await get().classifyBatch(FILES);
    await get().addBatchPhoto(answer(7, null) as never, "class-2");
    expect(added).toEqual([["7.jpg: bytes of 7", "class-2"]]);
  });
});
