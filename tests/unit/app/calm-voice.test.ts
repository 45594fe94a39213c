/** A live region about something that changes all the time speaks seldom. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { calmVoice } from "../../../src/app/shared/calm-voice.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function listening() {
  const said: string[] = [];
  const tell = calmVoice((sentence) => said.push(sentence));
  return {
    said,
    tell: (topic: string, sentence = topic, of = "camera") => tell({ of, topic, sentence }),
    hush: () => tell(null),
  };
}

test("it speaks when the topic changes, not when only its numbers do", () => {
  const { said, tell } = listening();
  for (let frame = 0; frame < 300; frame++) {
    tell("cats", `cats ${frame} %`);
    vi.advanceTimersByTime(100);
  }
  expect(said).toEqual(["cats 0 %"]);
  tell("dogs", "dogs 60 %");
  expect(said).toEqual(["cats 0 %", "dogs 60 %"]);
});

test("it speaks at most once in two seconds, and then of what is so by then", () => {
  const { said, tell } = listening();
  for (let frame = 0; frame < 300; frame++) {
    tell(frame % 2 ? "cats" : "dogs", `${frame}`);
    vi.advanceTimersByTime(100);
  }
  // 30 seconds; after each silence the frame of that moment, where it is news.
  expect(said.length).toBeGreaterThan(1);
  expect(said.length).toBeLessThanOrEqual(16);
});

test("what came and went during a silence is not spoken of", () => {
  const { said, tell } = listening();
  tell("cats");
  tell("dogs");
  tell("cats");
  vi.advanceTimersByTime(5000);
  expect(said).toEqual(["cats"]);
});

test("what was said of one photo is taken back at once when another is shown", () => {
  const { said, tell, hush } = listening();
  tell("cats", "cats 90 %", "one");
  tell("cats", "cats 70 %", "two");
  expect(said).toEqual(["cats 90 %", ""]);
  vi.advanceTimersByTime(2000);
  expect(said).toEqual(["cats 90 %", "", "cats 70 %"]);
  hush();
  expect(said.at(-1)).toBe("");
  vi.advanceTimersByTime(5000);
  expect(said).toHaveLength(4);
});
