/** The files of the built-in base model are as `scripts/built_in_model.py` writes them. */
import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { expect, test } from "vitest";

const Manifest = v.object({
  weightsManifest: v.tuple([
    v.object({
      weights: v.array(
        v.object({
          name: v.string(),
          shape: v.array(v.number()),
          quantization: v.object({ dtype: v.picklist(["uint8", "float16"]) }),
        }),
      ),
    }),
  ]),
});

test("kernels of 30,000 numbers and more are in 8 bits, and use them in every output channel", async () => {
  const models = new URL("../../public/models/", import.meta.url);
  const { weightsManifest } = v.parse(Manifest, JSON.parse(await readFile(new URL("model.json", models), "utf8")));
  const bytes = await readFile(new URL("weights.bin", models));
  let at = 0;
  const fullRange: number[] = [];
  for (const { name, shape, quantization } of weightsManifest[0].weights) {
    const count = shape.reduce((product, side) => product * side, 1);
    const inBytes = quantization.dtype === "uint8";
    expect(inBytes, name).toBe(name.endsWith("/kernel") && count >= 30_000);
    if (inBytes) fullRange.push(shareOfFullRange(bytes.subarray(at, at + count), shape.at(-1) ?? 1));
    at += count * (inBytes ? 1 : 2);
  }
  expect(at).toBe(bytes.length);
  expect(fullRange).toHaveLength(21);
  // Where a channel's variance is small, it cannot be scaled up all the way.
  expect(Math.min(...fullRange)).toBeGreaterThan(0.9);
});

/** The share of output channels that reach at least half of what 8 bits can say; dead ones count as well. */
function shareOfFullRange(numbers: Uint8Array, channels: number): number {
  const largest = new Float64Array(channels);
  numbers.forEach((value, place) => {
    const channel = place % channels;
    largest[channel] = Math.max(largest[channel] ?? 0, Math.abs(value - 128));
  });
  return largest.filter((value) => value >= 64 || value <= 1).length / channels;
}
