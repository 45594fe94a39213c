/** When a worker counts as one that no longer answers. */
import { expect, test } from "vitest";
import { Watchdog } from "../../../src/worker/watchdog.ts";

const PATIENCE = { starting: 4, idle: 2, working: 5 };

/** @param answers whether each sign of life that is asked for comes at once */
function watch(answers = false) {
  const told: boolean[] = [];
  const asked = { times: 0 };
  const dog: Watchdog = new Watchdog({
    patience: PATIENCE,
    ask() {
      asked.times += 1;
      if (answers) dog.heard();
    },
    onSilence: (silent) => told.push(silent),
  });
  const tick = (times: number) => {
    for (let at = 0; at < times; at++) dog.tick();
  };
  return { dog, told, asked, tick };
}

test("a worker whose script does not come is told after its patience, and not before", () => {
  const { told, asked, tick } = watch();
  tick(PATIENCE.starting);
  expect(told).toEqual([]);
  tick(1);
  expect(told).toEqual([true]);
  // There is nobody to ask yet.
  expect(asked.times).toBe(0);
});

test("an idle worker that answers is never told, however long it is idle", () => {
  const { dog, told, asked, tick } = watch(true);
  dog.heard();
  tick(100);
  expect(told).toEqual([]);
  expect(asked.times).toBe(100);
});

test("an idle one that does not answer is told once, asked once, and taken back when it is heard", () => {
  const { dog, told, asked, tick } = watch();
  dog.heard();
  tick(20);
  expect(told).toEqual([true]);
  expect(asked.times).toBe(1);
  dog.heard();
  expect(told).toEqual([true, false]);
});

test("one that works may be silent for longer", () => {
  const { dog, told, tick } = watch();
  dog.heard();
  const call = dog.begin();
  tick(PATIENCE.working);
  expect(told).toEqual([]);
  tick(1);
  expect(told).toEqual([true]);
  dog.heard();
  call.end();
  expect(told).toEqual([true, false]);
});

test("one that answers and does not stop when it is told to is told, until it has stopped", () => {
  const { dog, told, tick } = watch(true);
  dog.heard();
  const call = dog.begin();
  tick(50);
  expect(told).toEqual([]);
  call.abort();
  tick(PATIENCE.working);
  expect(told).toEqual([]);
  tick(1);
  expect(told).toEqual([true]);
  call.end();
  expect(told).toEqual([true, false]);
});

test("a call that ended is not waited for when it is aborted afterwards", () => {
  const { dog, told, tick } = watch(true);
  dog.heard();
  const call = dog.begin();
  call.end();
  call.abort();
  tick(50);
  expect(told).toEqual([]);
});
