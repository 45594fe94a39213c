/** Frames of a video on their way into a class, and a person who has seen enough of them. */
import { afterEach, expect, test, vi } from "vitest";
import type { JobControl } from "../../../src/app/store/jobs.ts";
import { createVideosSlice } from "../../../src/app/store/videos.ts";
import type { Dataset } from "../../../src/dataset/dataset.ts";
import { storeOf } from "../../fixtures/store-of.ts";

const opened = vi.hoisted(() => ({ closed: 0, framesClosed: 0, asked: 0 }));

vi.mock("../../../src/app/store/video-frames.ts", async (actual) => ({
  ...(await actual<typeof import("../../../src/app/store/video-frames.ts")>()),
  openVideo: async () => ({
    ...{ seconds: 10, width: 96, height: 64 },
    async frameAt() {
      opened.asked += 1;
      return { close: () => (opened.framesClosed += 1) };
    },
    close: () => (opened.closed += 1),
  }),
}));

afterEach(() => Object.assign(opened, { closed: 0, framesClosed: 0, asked: 0 }));

/** A store in which a job is cancelled once so many frames have become photos. */
function createStore(cancelAfter: number) {
  const told: string[] = [];
  let captured = 0;
  const control = new AbortController();
  const dataset: Dataset = { classes: [], samples: [] };
  const store = storeOf((context) => ({
    ...createVideosSlice(context),
    ...{ dataset, chosenClass: null },
    remember: () => undefined,
    keepProject: async () => undefined,
    notify: (_: string, text: string) => told.push(text),
    attempt: (work: () => Promise<unknown>) => work().catch((error: Error) => told.push(error.name)),
    async captureFrame() {
      captured += 1;
      if (captured === cancelAfter) control.abort();
    },
    runJob: (_: unknown, work: (job: JobControl) => Promise<void>) =>
      work({ signal: control.signal, tell: () => undefined } as unknown as JobControl),
  }));
  return { store, told, captured: () => captured };
}

const FILE = { path: "sea.webm", blob: new Blob() };

test.each([
  [3, 3, ["AbortError"]],
  [99, 10, ["sea.webm: Added 0 photos. 10 duplicates were left out."]],
])(
  "cancelled after %i frames: what came in stays, no other is asked for, and the video is closed",
  async (after, captured, said) => {
    const { store, told, captured: count } = createStore(after);
    const adding = store.get().addVideos([FILE]);
    await vi.waitFor(() => expect(store.get().videoQuestion?.file).toBe(FILE));
    store.get().answerVideo({ rate: 1, into: null });
    await adding;
    expect(count()).toBe(captured);
    expect(opened).toEqual({ closed: 1, framesClosed: 0, asked: captured });
    expect(told.map((text) => text.split(" ")[0])).toEqual(said.map((text) => text.split(" ")[0]));
    expect(store.get().dataset.classes.map(({ name }) => name)).toEqual(["sea"]);
  },
);
