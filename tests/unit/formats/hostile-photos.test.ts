/** What the header alone tells of each hostile picture. */
import { describe, expect, test } from "vitest";
import { FormatError } from "../../../src/formats/errors.ts";
import { checkPhoto } from "../../../src/formats/images/header.ts";
import { BAD_PHOTOS, SOUND_PHOTOS } from "../../fixtures/hostile.ts";
import { saying } from "../../fixtures/saying.ts";

describe("sound pictures are taken at their upright size", () => {
  test.each(SOUND_PHOTOS.map((file) => [file.title, file] as const))("%s", async (_, { make, outcome }) => {
    const { width, height } = checkPhoto(await make());
    expect(outcome).toMatchObject({ kind: "photo", upright: { width, height } });
  });
});

/** Their headers are in order; only decoding tells. */
const DECODING_TELLS = /cut in its data|one byte of data|wrong checksum/;

describe("others are refused with their reason", () => {
  const told = BAD_PHOTOS.filter(({ title }) => !DECODING_TELLS.test(title));
  test.each(told.map((file) => [file.title, file] as const))("%s", async (_, { make, outcome }) => {
    const bytes = await make();
    const check = () => checkPhoto(bytes);
    expect(check).toThrow(FormatError);
    expect(saying(check)).toMatch(outcome.kind === "refused" ? outcome.reason : "");
  });
});
