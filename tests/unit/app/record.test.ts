/** One press of the button is one recording, and a tap takes a photo. */
import { expect, test } from "vitest";
import { record } from "../../../src/app/data/capture/record.ts";
import { widthsOf } from "../../../src/app/shared/camera-width.ts";

/** A camera that has a picture from a moment on. @param held moments that the button is held for */
async function filmed(held: number, pictureFrom = 0): Promise<{ kept: readonly string[]; taken: number }> {
  let now = 0;
  const kept: string[] = [];
  const taken = await record(
    {
      next: async () => (now >= pictureFrom ? `frame ${now}` : null),
      keep: async (frame, number) => void kept.push(`${number}: ${frame}`),
      isOver: () => now >= held,
    },
    async () => {
      now += 1;
    },
  );
  return { kept, taken };
}

test("a tap that is over at once takes one photo", async () => {
  expect(await filmed(0)).toEqual({ kept: ["1: frame 0"], taken: 1 });
});

test("a hold takes photos until it is let go", async () => {
  expect(await filmed(3)).toEqual({ kept: ["1: frame 0", "2: frame 1", "3: frame 2"], taken: 3 });
});

test("a tap before there is a picture waits for it, but not for ever", async () => {
  expect(await filmed(1, 5)).toEqual({ kept: ["1: frame 5"], taken: 1 });
  expect(await filmed(1, 500)).toEqual({ kept: [], taken: 0 });
});

test("what cannot be kept ends the recording", async () => {
  const full = new Error("full");
  const filming = {
    next: async () => 1,
    keep: () => Promise.reject(full),
    isOver: () => false,
  };
  await expect(record(filming, async () => undefined)).rejects.toBe(full);
});

test("of the widths those are offered that the camera has, and always the one in use", () => {
  expect(widthsOf({ min: 1, max: 1280 }, 640)).toEqual([320, 640, 1280]);
  expect(widthsOf({ min: 1280, max: 3840 }, 640)).toEqual([640, 1280, 1920, 3840]);
  expect(widthsOf(undefined, 640)).toEqual([320, 640, 1280, 1920]);
});
