import { expect, test } from "vitest";
import type { Preprocessing } from "../../../src/network/model.ts";
import { HeldPixels } from "../../../src/worker/held-pixels.ts";

/** 2 × 2 pixels: 16 bytes. */
const preprocessing: Preprocessing = {
  ...{ height: 2, width: 2, crop: "center", channelOrder: "RGB" },
  ...{ scale: [1, 1, 1], offset: [0, 0, 0] },
};
const base = { id: "base", preprocessing };
const pixels = (value: number) => new Uint8ClampedArray(16).fill(value);

test("gives a photo's pixels once, and only for the base model that they were made for", () => {
  const held = new HeldPixels(100);
  held.for(base).put("a", pixels(1));
  expect(held.take("other", "a")).toBeUndefined();
  expect(held.take("base", "b")).toBeUndefined();
  expect(held.take("base", "a")).toEqual(pixels(1));
  expect(held.take("base", "a")).toBeUndefined();
});

test("holds no more than it is given, and has room again for what was taken or dropped", () => {
  const held = new HeldPixels(40);
  const taker = held.for(base);
  for (const [at, photo] of ["a", "b", "c"].entries()) taker.put(photo, pixels(at));
  expect(taker.hasRoom()).toBe(false);
  expect(held.take("base", "c")).toBeUndefined();
  held.take("base", "a");
  expect(taker.hasRoom()).toBe(true);
  taker.put("d", pixels(3));
  expect(taker.hasRoom()).toBe(false);
  held.drop(["b", "never held"]);
  expect(taker.hasRoom()).toBe(true);
  expect(held.take("base", "d")).toEqual(pixels(3));
});

test("the same photo twice is held once", () => {
  const held = new HeldPixels(40);
  const taker = held.for(base);
  taker.put("a", pixels(1));
  taker.put("a", pixels(1));
  expect(taker.hasRoom()).toBe(true);
});

test("another base model lets go of what was held; an import that still runs for the earlier one adds nothing", () => {
  const held = new HeldPixels(100);
  const earlier = held.for(base);
  earlier.put("a", pixels(1));
  const later = held.for({ id: "base@1", preprocessing });
  expect(held.take("base", "a")).toBeUndefined();
  expect(earlier.hasRoom()).toBe(false);
  earlier.put("b", pixels(2));
  expect(held.take("base@1", "b")).toBeUndefined();
  later.put("b", pixels(3));
  expect(held.take("base@1", "b")).toEqual(pixels(3));
});

test("without room nothing is held", () => {
  const taker = new HeldPixels(0).for(base);
  expect(taker.hasRoom()).toBe(false);
});
