/** Every run of the list has a name of its own. */
import { expect, test } from "vitest";
import { timesOf } from "../../../src/app/evaluate/run-times.ts";

const at = (...times: string[]) => times.map((time, id) => ({ id: `${id}`, finishedAt: `2020-11-05T${time}` }));
/** Where the tests run, midnight may be another hour. */
const shown = (...times: string[]) =>
  [...timesOf(at(...times)).values()].map((text) => text.replace(/^.*?\d\d?:(?=\d\d)/, "").replace(/ [AP]M/, ""));

test("to the minute, where that tells them apart", () => {
  expect(shown("10:41:09", "10:42:08")).toEqual(["41", "42"]);
});

test("to the second, where it does not", () => {
  expect(shown("10:41:09", "10:41:58", "10:42:08")).toEqual(["41:09", "41:58", "42"]);
});

test("numbered, where even that does not", () => {
  expect(shown("10:41:09.100", "10:41:09.900", "10:41:10")).toEqual(["41:09 (1)", "41:09 (2)", "41:10"]);
});
