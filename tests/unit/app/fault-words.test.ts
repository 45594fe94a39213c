/** Every code that the page may be told has its sentence, and the sentence says what the code's values are. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type AnyFault, sentence } from "../../../src/app/words/faults.ts";
import { words } from "../../../src/app/words/words.ts";
import { everyFault, type SampleFault } from "../../fixtures/every-fault.ts";

const FAULTS = everyFault();
/** Values that tell the page where to show a fault, by code; the sentence need not repeat them. */
const NOT_SAID: Readonly<Record<string, string>> = {
  "setting/shares-too-large": "setting",
  "setting/one-fold": "setting",
  "setting/folds-with-fine-tuning": "setting",
  "job/refused": "request",
};
const say = (fault: SampleFault) => sentence(words.faults, fault as unknown as AnyFault);

test("the catalogue has the sentences of today's codes and no others", () => {
  expect(FAULTS.size).toBeGreaterThan(100);
  expect(Object.keys(words.faults).toSorted()).toEqual([...FAULTS.keys()].toSorted());
});

test("every fault that a room lists is one that the page has a sentence for", () => {
  const rooms = fileURLToPath(new URL("../../../src", import.meta.url));
  const lists = readdirSync(rooms, { recursive: true, encoding: "utf8" }).filter((path) => /\berrors\.ts$/.test(path));
  expect(lists.length).toBeGreaterThan(10);
  const codes = lists.flatMap((path) =>
    [...readFileSync(join(rooms, path), "utf8").matchAll(/readonly code: "([^"]+)"/g)].map(([, code]) => code),
  );
  expect(codes.filter((code) => code === undefined || !FAULTS.has(code))).toEqual([]);
});

describe.each([...FAULTS])("%s", (code, samples) => {
  test("is put into whole sentences", () => {
    for (const sample of samples) {
      expect(say(sample)).toMatch(/^\S.*[.?]$/s);
      expect(say(sample)).not.toMatch(/undefined|null|NaN|\[object| {2}/);
      expect(say(sample)).not.toBe(code);
      expect(say(sample)).not.toMatch(/reload/i);
    }
  });

  test("says each of its values", () => {
    const names = Object.keys(samples[0] ?? {}).filter((name) => name !== "code" && name !== NOT_SAID[code]);
    for (const name of names) {
      const values = new Set(samples.map((sample) => JSON.stringify(sample[name])));
      if (values.size === 1) continue;
      const isSaid = samples.some((sample) =>
        samples.some((other) => differOnlyIn(name, sample, other) && say(sample) !== say(other)),
      );
      expect(isSaid, `${code} does not say its ${name}: ${say(samples[0] as SampleFault)}`).toBe(true);
    }
  });

  test("says its texts as they are", () => {
    const isText = (value: unknown) => typeof value === "string" && value.includes(" text");
    for (const name of Object.keys(samples[0] ?? {})) {
      const texts = samples.filter((sample) => isText(sample[name]));
      if (texts.length) expect(texts.some((sample) => say(sample).includes(String(sample[name])))).toBe(true);
    }
  });
});

function differOnlyIn(name: string, one: SampleFault, other: SampleFault): boolean {
  return Object.keys(one).every(
    (each) => (JSON.stringify(one[each]) === JSON.stringify(other[each])) !== (each === name),
  );
}
