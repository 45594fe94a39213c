import { expect, test } from "vitest";
import { type DeviceFacts, memoryBudget } from "../../../src/worker/protocol/memory-budget.ts";

const MB = 1e6;
const device = (change: Partial<DeviceFacts>): DeviceFacts => ({
  ...{ memory: undefined, cores: 4, canAllocate: () => true },
  ...change,
});

test.each([
  // memory in GB, cores: decoders, photos per batch, MB of pixels, thumbnails
  [0.5, 8, 1, 4, 8, 100],
  [1, 2, 1, 4, 8, 100],
  [2, 8, 1, 4, 8, 100],
  [4, 8, 4, 16, 32, 300],
  [4, 2, 2, 16, 32, 300],
  [8, 2, 2, 16, 64, 300],
  [32, 64, 4, 16, 64, 300],
  [8, 1, 1, 16, 64, 300],
])("with %f GB and %i cores", (memory, cores, decoders, photosPerBatch, megabytes, spareThumbnails) => {
  expect(memoryBudget(device({ memory, cores }))).toEqual({
    ...{ decoders, photosPerBatch, spareThumbnails },
    heldPixelBytes: megabytes * MB,
  });
});

test("where the browser does not tell, what can be allocated decides", () => {
  const tried: number[] = [];
  const told = (most: number) =>
    memoryBudget(
      device({
        canAllocate(bytes) {
          tried.push(bytes);
          return bytes <= most;
        },
      }),
    );
  expect(told(100 * MB)).toEqual(memoryBudget(device({ memory: 2 })));
  expect(told(1000 * MB)).toEqual(memoryBudget(device({ memory: 4 })));
  expect(tried).toEqual([256 * MB, 256 * MB]);
});

test("where the browser tells, nothing is allocated to try", () => {
  const canAllocate = () => {
    throw new Error("tried");
  };
  expect(memoryBudget(device({ memory: 8, canAllocate })).decoders).toBe(4);
});
