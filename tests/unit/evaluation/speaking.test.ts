/** What of a live prediction a screen reader is told, by a clock of the test's own. */
import { expect, test } from "vitest";
import { NOTHING_SPOKEN, type Spoken, speak } from "../../../src/evaluation/live.ts";

/** Answers in turn, one every 50 ms; gives what was said, and when. */
function listen(answers: Iterable<readonly number[]>): { readonly at: number; readonly place: number }[] {
  const heard: { at: number; place: number }[] = [];
  let spoken: Spoken = NOTHING_SPOKEN;
  let now = 1000;
  for (const probabilities of answers) {
    const next = speak(spoken, probabilities, now);
    if (next.said && next.said !== spoken.said) heard.push({ at: now, place: next.said.place });
    spoken = next;
    now += 50;
  }
  return heard;
}

const CAT = [0.9, 0.1];
const DOG = [0.2, 0.8];
const of = (seconds: number, answer: (second: number) => readonly number[]) =>
  Array.from({ length: seconds * 20 }, (_, frame) => answer(frame / 20));

test("one class for 30 seconds is said once, however its percentage changes", () => {
  expect(listen(of(30, (second) => [0.6 + 0.3 * Math.sin(second), 0.1])).map(({ place }) => place)).toEqual([0]);
});

test("a class is said when it has stayed for a moment, with its probability then", () => {
  const heard = listen(of(6, (second) => (second < 3 ? CAT : DOG)));
  expect(heard).toEqual([
    { at: 1400, place: 0 },
    { at: 4400, place: 1 },
  ]);
  expect(speak({ ...NOTHING_SPOKEN, best: 1, bestSince: 0 }, DOG, 500).said).toEqual({ place: 1, probability: 0.8 });
});

test("one that flickers up for a few frames is not said", () => {
  const flickering = of(20, (second) => (second % 5 > 4.8 ? DOG : CAT));
  expect(listen(flickering).map(({ place }) => place)).toEqual([0]);
});

test.each([0.1, 0.5, 0.7, 1.3, 2.9])(
  "in 30 seconds of classes that change every %s s, two things said are two seconds apart and differ",
  (period) => {
    const heard = listen(of(30, (second) => (Math.floor(second / period) % 2 ? DOG : CAT)));
    expect(heard.length).toBeLessThanOrEqual(15);
    for (const [at, each] of heard.entries()) {
      const before = heard[at - 1];
      if (!before) continue;
      expect(each.at - before.at).toBeGreaterThanOrEqual(2000);
      expect(each.place).not.toBe(before.place);
    }
  },
);
