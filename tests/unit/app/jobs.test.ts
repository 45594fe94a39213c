/** The list of long work: what runs, waits, is refused, is cancelled, and what of it is told. */
import { describe, expect, test } from "vitest";
import { createJobsSlice, type JobControl, type JobRequest, type JobsSlice } from "../../../src/app/store/jobs.ts";
import { createNoticesSlice, type NoticesSlice } from "../../../src/app/store/notices.ts";
import { saying, sayingLater } from "../../fixtures/saying.ts";
import { storeOf } from "../../fixtures/store-of.ts";

type Store = JobsSlice & NoticesSlice;

/** The two slices in a store of their own. */
function createStore(): () => Store {
  return storeOf((context) => ({ ...createJobsSlice(context), ...createNoticesSlice(context) })).get;
}

/** Work that ends when it is told to, and rejects when it is cancelled. */
function createWork(store: () => Store, request: JobRequest) {
  let resolve: (outcome: string) => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<string>((end, fail) => {
    [resolve, reject] = [end, fail];
  });
  let control: JobControl | undefined;
  const ended = store().runJob(request, (given) => {
    control = given;
    given.signal.addEventListener("abort", () => reject(given.signal.reason));
    return promise;
  });
  // Whoever asks for it still sees it fail.
  ended.catch(() => undefined);
  return { ended, end: resolve, fail: reject, started: () => control !== undefined, control: () => control };
}

const training: JobRequest = { kind: "train", place: "Train" };
const photos: JobRequest = { kind: "import", place: "Data" };
const looking: JobRequest = { kind: "look", place: "Data" };
const opening: JobRequest = { kind: "open", place: "Export", subject: "mine.zip" };
const settled = () => new Promise((resolve) => setTimeout(resolve));
const waits = (store: () => Store) => store().jobs.map(({ task, waitsFor }) => [task, waitsFor]);
const progress = (done: number) => ({ done, total: 9, unit: "photos", secondsLeft: null }) as const;

describe("a job", () => {
  test("runs at once when nothing is in the way, and is gone when it has ended", async () => {
    const store = createStore();
    const work = createWork(store, opening);
    expect(store().jobs).toEqual([
      {
        ...{ id: 1, task: "open", kind: "open", place: "Export", subject: "mine.zip" },
        ...{ waitsFor: null, progress: null, stopping: false },
      },
    ]);
    await settled();
    expect(work.started()).toBe(true);
    work.end("opened");
    expect(await work.ended).toBe("opened");
    expect(store().jobs).toEqual([]);
  });

  test("tells its progress and what it is at only while it runs", async () => {
    const store = createStore();
    const work = createWork(store, training);
    await settled();
    const control = work.control();
    control?.tell({ kind: "prepare", progress: progress(3) });
    expect(store().jobs).toMatchObject([{ task: "train", kind: "prepare", progress: { done: 3, total: 9 } }]);
    store().cancelJob(1);
    control?.tell({ progress: progress(4) });
    expect(store().jobs).toMatchObject([{ progress: { done: 3 } }]);
    await settled();
    control?.tell({ progress: progress(5) });
    expect(store().jobs).toEqual([]);
  });

  test("is the same to the rules while it prepares photos", async () => {
    const store = createStore();
    const look = createWork(store, looking);
    await settled();
    look.control()?.tell({ kind: "prepare" });
    const train = createWork(store, training);
    expect(waits(store)).toEqual([
      ["look", null],
      ["train", "look"],
    ]);
    store().abortJobs("look");
    await settled();
    expect(train.started()).toBe(true);
  });

  test("that fails is gone, and its error goes on to whoever began it", async () => {
    const store = createStore();
    const work = createWork(store, photos);
    await settled();
    work.fail(new Error("The disk is on fire"));
    await expect(work.ended).rejects.toThrow("The disk is on fire");
    expect(store().jobs).toEqual([]);
  });
});

describe("a turn", () => {
  test("is waited for, and for what is shown", async () => {
    const store = createStore();
    const first = createWork(store, photos);
    const train = createWork(store, training);
    await settled();
    expect(waits(store)).toEqual([
      ["import", null],
      ["train", "import"],
    ]);
    expect(train.started()).toBe(false);
    first.end("");
    await settled();
    expect(train.started()).toBe(true);
    expect(waits(store)).toEqual([["train", null]]);
  });

  test("comes one after the other to two that wait", async () => {
    const store = createStore();
    const works = [photos, looking, training].map((request) => createWork(store, request));
    const started = () => works.map((work) => work.started());
    await settled();
    expect(started()).toEqual([true, false, false]);
    works[0]?.end("");
    await settled();
    expect(started()).toEqual([true, true, false]);
    expect(waits(store)).toEqual([
      ["look", null],
      ["train", "look"],
    ]);
    works[1]?.end("");
    await settled();
    expect(started()).toEqual([true, true, true]);
  });

  test("comes after photos that were given while it was waited for", async () => {
    const store = createStore();
    const [first, train, second] = [photos, training, photos].map((request) => createWork(store, request));
    await settled();
    first?.end("");
    await settled();
    expect([train?.started(), second?.started()]).toEqual([false, true]);
    second?.end("");
    await settled();
    expect(train?.started()).toBe(true);
  });

  test.each(["fails", "is cancelled"])("comes when the one in the way %s", async (how) => {
    const store = createStore();
    const first = createWork(store, photos);
    const train = createWork(store, training);
    await settled();
    if (how === "fails") first.fail(new Error("broken"));
    else store().cancelJob(1);
    await settled();
    expect(train.started()).toBe(true);
  });
});

describe("a refusal", () => {
  test("says why, and leaves what is under way alone", async () => {
    const store = createStore();
    createWork(store, training);
    await settled();
    const refused = createWork(store, opening);
    expect(await sayingLater(refused.ended)).toBe(
      "The project cannot be opened now: a training is under way. Wait until that has finished, or stop it first.",
    );
    await expect(refused.ended).rejects.toMatchObject({
      fault: { code: "job/refused", request: "open", because: "train" },
    });
    expect(waits(store)).toEqual([["train", null]]);
  });

  test("holds for one that waits, too, and for steps that take no time", async () => {
    const store = createStore();
    const first = createWork(store, photos);
    createWork(store, training);
    await settled();
    expect(saying(() => store().refuseDuringJobs("switch"))).toBe(
      "This project cannot be left now: photos are being added. Wait until that has finished, or cancel it first.",
    );
    first.end("");
    await settled();
    expect(saying(() => store().refuseDuringJobs("switch"))).toBe(
      "This project cannot be left now: a training is under way. Wait until that has finished, or stop it first.",
    );
    expect(saying(() => store().refuseDuringJobs("undo"))).toBe("nothing");
  });
});

describe("Cancel", () => {
  test("of a job that waits: it never starts", async () => {
    const store = createStore();
    createWork(store, photos);
    const train = createWork(store, { ...training, stop: () => true });
    await settled();
    store().cancelJob(2);
    await expect(train.ended).rejects.toMatchObject({ name: "AbortError" });
    expect(train.started()).toBe(false);
    expect(waits(store)).toEqual([["import", null]]);
  });

  test("of a job that runs is no error to be told", async () => {
    const store = createStore();
    const done = store().attempt(() =>
      store().runJob(
        photos,
        ({ signal }) =>
          new Promise<void>((_, reject) => {
            signal.addEventListener("abort", () => reject(signal.reason));
          }),
      ),
    );
    await settled();
    store().cancelJob(1);
    expect(await done).toBe(false);
    expect(store().notices).toEqual([]);
    expect(store().jobs).toEqual([]);
  });

  test("stops instead where the job can keep what it has", async () => {
    const store = createStore();
    let stops = 0;
    const work = createWork(store, {
      ...training,
      stop: () => {
        stops += 1;
        return true;
      },
    });
    await settled();
    store().cancelJob(1);
    expect(stops).toBe(1);
    expect(work.control()?.signal.aborted).toBe(false);
    expect(store().jobs).toMatchObject([{ stopping: true }]);
    work.end("the best so far");
    expect(await work.ended).toBe("the best so far");
  });

  test("aborts where the job has nothing to keep yet", async () => {
    const store = createStore();
    const work = createWork(store, { ...training, stop: () => false });
    await settled();
    store().cancelJob(1);
    await expect(work.ended).rejects.toMatchObject({ name: "AbortError" });
  });

  test("of a job that is over does nothing", async () => {
    const store = createStore();
    const work = createWork(store, photos);
    work.end("");
    await work.ended;
    store().cancelJob(1);
    expect(store().jobs).toEqual([]);
  });

  test("of all jobs of some kinds leaves the others", async () => {
    const store = createStore();
    createWork(store, photos);
    createWork(store, { kind: "download", place: "Train" });
    await settled();
    store().abortJobs("import", "train");
    await settled();
    expect(waits(store)).toEqual([["download", null]]);
  });
});

describe("messages", () => {
  test("make room by letting news go: an error stays", () => {
    const store = createStore();
    store().notify("error", "broken");
    for (const text of ["one", "two", "three", "four"]) store().notify("news", text);
    expect(store().notices.map(({ text }) => text)).toEqual(["broken", "two", "three", "four"]);
  });

  test("say the same thing once", () => {
    const store = createStore();
    for (const text of ["one", "two", "one"]) store().notify("news", text);
    expect(store().notices.map(({ text }) => text)).toEqual(["two", "one"]);
  });
});
