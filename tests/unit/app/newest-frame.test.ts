/** A film is answered for by its newest frames; it waits for nobody. */
import { expect, test } from "vitest";
import { answerNewest } from "../../../src/app/shared/newest-frame.ts";

/** A film whose clock runs on while an answer is worked out. @param slowness frames that pass meanwhile */
function film(frames: number, slowness: number) {
  let now = 0;
  const asked: number[] = [];
  const taken: string[] = [];
  let atOnce = 0;
  let most = 0;
  const watching = {
    next: async () => (now % 7 === 3 ? null : now),
    async ask(frame: number) {
      atOnce += 1;
      most = Math.max(most, atOnce);
      asked.push(frame);
      for (let passed = 0; passed < slowness; passed++) {
        await Promise.resolve();
        now += 1;
      }
      atOnce -= 1;
      return `answer to ${frame}`;
    },
    take: (answer: string) => taken.push(answer),
    isOver: () => now >= frames,
  };
  const pause = async () => {
    now += 1;
  };
  return { run: () => answerNewest(watching, pause), asked, taken, most: () => most };
}

test("a slow machine drops the frames that pass meanwhile, and is asked one at a time", async () => {
  const { run, asked, taken, most } = film(40, 4);
  await run();
  // Each is the frame of the moment in which it is asked: five on, and one more where there was no picture.
  expect(asked).toEqual([0, 5, 11, 16, 21, 26, 32, 37]);
  expect(most()).toBe(1);
  expect(taken).toEqual(asked.slice(0, -1).map((frame) => `answer to ${frame}`));
});

test("a fast machine is asked about every picture", async () => {
  const { run, asked } = film(10, 0);
  await run();
  expect(asked).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9]);
});

test("an answer that comes after the end is not taken, and what fails is told", async () => {
  let over = false;
  const taken: number[] = [];
  const ask = async (frame: number) => {
    over = true;
    return frame;
  };
  const watching = { next: async () => 1, ask, take: (answer: number) => taken.push(answer), isOver: () => over };
  await answerNewest(watching, async () => undefined);
  expect(taken).toEqual([]);
  over = false;
  const failing = { ...watching, ask: async () => Promise.reject(new Error("engine gone")) };
  await expect(answerNewest(failing, async () => undefined)).rejects.toThrow("engine gone");
});
