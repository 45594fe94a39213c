/** Base models whose files do not say how pixels are fed: the guess, and what somebody chooses instead. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { english } from "../../../src/app/words/en/index.ts";
import { readModelFiles } from "../../../src/formats/models/model-files.ts";
import { USUAL_FEEDINGS } from "../../../src/network/feedings.ts";
import type { BaseModel } from "../../../src/network/model.ts";
import { contentsOf, makeBaseModel, refed } from "../../../src/worker/base-model.ts";

function open(name: string): Promise<BaseModel> {
  const bytes = new Uint8Array(readFileSync(new URL(`../../fixtures/tflite/${name}.tflite`, import.meta.url)));
  return makeBaseModel({ ...contentsOf(readModelFiles([{ path: name, bytes }])), name, source: "file" });
}

const { base } = english.train;

test("a guess is on the card, and nothing is where the file says", async () => {
  const [guessed, told] = [(await open("mobile")).card, (await open("plain")).card];
  expect(guessed.fedBy).toBe("guess");
  expect(base.fed(guessed)).toBe("−1 to 1 (a guess: the file does not say)");
  expect(told).not.toHaveProperty("fedBy");
  expect(base.fed(told)).toBe("0 to 255");
});

test("fed in another way it is another base model with the same weights", async () => {
  const guessed = await open("mobile");
  const chosen = await refed(guessed, "mean-colour");
  expect(chosen.card.preprocessing).toEqual({
    ...{ height: 18, width: 20, crop: "center", channelOrder: "BGR" },
    ...{ scale: [1, 1, 1], offset: [-103.939, -116.779, -123.68] },
  });
  expect(chosen.card.id).not.toBe(guessed.card.id);
  const { id, preprocessing, fedBy, ...same } = guessed.card;
  expect(chosen.card).toMatchObject({ ...same, fedBy: "choice" });
  expect(chosen.network).toEqual(guessed.network);
  expect((await refed(chosen, "minus-one-to-one")).card).toEqual({ id, preprocessing, ...same, fedBy: "choice" });
});

test("other ways are told by their range", () => {
  const lite = {
    ...USUAL_FEEDINGS["as-they-are"],
    scale: [1 / 128, 1 / 128, 1 / 128],
    offset: [-127 / 128, -127 / 128, -127 / 128],
  } as const;
  const preprocessing = { height: 8, width: 8, crop: "center", ...lite } as const;
  expect(base.fed({ preprocessing })).toBe("−0.99 to 1");
  const uneven = { ...preprocessing, offset: [0, 1, 2] } as const;
  expect(base.fed({ preprocessing: uneven })).toBe("each colour scaled by itself");
  // As graphs have it, by two steps.
  const rounded = (2 / 255) * (1 + 1e-9);
  const graph = { ...preprocessing, scale: [rounded, rounded, rounded], offset: [-1, -1, -1] } as const;
  expect(base.fed({ preprocessing: graph })).toBe("−1 to 1");
});
