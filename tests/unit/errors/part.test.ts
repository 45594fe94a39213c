/** A part of the app that cannot be loaded is named, and asking again asks the server again. */
import { expect, test } from "vitest";
import { faultOf } from "../../../src/errors/coded-error.ts";
import { loadPart } from "../../../src/errors/part.ts";

const FAILED = new TypeError("Failed to fetch dynamically imported module: https://example.org/app/chart.js");
const never = () => Promise.reject(new Error("must not be asked for"));

test("a part that loads is given, and nothing else is asked for", async () => {
  expect(await loadPart("chart", async () => "the chart", never)).toBe("the chart");
});

test("an address that failed is asked for under another query each time", async () => {
  const asked: string[] = [];
  const loadFrom = async (address: string) => {
    asked.push(address);
    return "the chart";
  };
  const load = () => Promise.reject<string>(FAILED);
  expect(await loadPart("chart", load, loadFrom)).toBe("the chart");
  expect(await loadPart("chart", load, loadFrom)).toBe("the chart");
  expect(asked[0]).toMatch(/^https:\/\/example\.org\/app\/chart\.js\?again=.+/);
  expect(asked[1]).not.toBe(asked[0]);
});

test.each([
  ["an address that fails again", FAILED],
  ["an error that tells no address", new TypeError("Importing a module script failed.")],
])("%s is the fault of the part", async (_, error) => {
  const failed = await loadPart("chart", () => Promise.reject(error), never).catch((thrown: unknown) => thrown);
  expect(faultOf(failed)).toEqual({ code: "part/not-loaded", part: "chart" });
});
