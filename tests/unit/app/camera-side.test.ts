import { expect, test } from "vitest";
import { canFlip, constraintsOf, facingOf, otherCamera } from "../../../src/app/shared/camera-side.ts";

const cameras = (...ids: string[]) => ids.map((deviceId) => ({ deviceId }));

test.each([
  ["one camera on a desk", cameras("a"), null, false, false],
  ["one camera on a touch screen that tells no side", cameras("a"), null, true, false],
  ["one camera that tells its side, without touch", cameras("a"), "user", false, false],
  ["a phone that lists one camera for both sides", cameras("a"), "environment", true, true],
  ["two cameras on a desk", cameras("a", "b"), null, false, true],
  ["none", [], null, false, false],
] as const)("with %s", (_, devices, facing, isTouch, expected) => {
  expect(canFlip({ devices, deviceId: "a", facing }, isTouch)).toBe(expected);
});

test("on a phone the other side is next, whatever the number of cameras", () => {
  const devices = cameras("front", "wide", "tele");
  expect(otherCamera({ devices, deviceId: "wide", facing: "environment" })).toEqual({ facing: "user" });
  expect(otherCamera({ devices, deviceId: "front", facing: "user" })).toEqual({ facing: "environment" });
});

test("elsewhere the next in the list is, and after the last the first", () => {
  const devices = cameras("a", "b", "c");
  const next = (deviceId: string) => otherCamera({ devices, deviceId, facing: null });
  expect([next("a"), next("b"), next("c"), next("gone")]).toEqual([
    { deviceId: "b" },
    { deviceId: "c" },
    { deviceId: "a" },
    { deviceId: "a" },
  ]);
});

test("a chosen camera is asked for exactly; a side is a wish, and at first it is the back", () => {
  const width = { ideal: 640 };
  expect(constraintsOf({ deviceId: "a" }, 640)).toEqual({ deviceId: { exact: "a" }, width });
  expect(constraintsOf({ facing: "user" }, 640)).toEqual({ facingMode: "user", width });
  expect(constraintsOf(undefined, 640)).toEqual({ facingMode: "environment", width });
});

test("sides that are neither front nor back count as none", () => {
  expect([facingOf("user"), facingOf("environment"), facingOf("left"), facingOf(undefined)]).toEqual([
    "user",
    "environment",
    null,
    null,
  ]);
});
