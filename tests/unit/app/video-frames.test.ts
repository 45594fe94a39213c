import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { frameTimes, isVideo } from "../../../src/app/store/video-frames.ts";
import { classNameOf } from "../../../src/app/store/videos.ts";
import { words } from "../../../src/app/words/words.ts";
import { foreignKind } from "../../../src/formats/images/foreign-files.ts";

test("frames are taken from the first moment on, none at or after the end", () => {
  expect(frameTimes(4, 2)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  expect(frameTimes(4.01, 1)).toEqual([0, 1, 2, 3, 4]);
  expect(frameTimes(10, 0.5)).toEqual([0, 2, 4, 6, 8]);
  expect(frameTimes(0.05, 2)).toEqual([0]);
  // A player's 3.3000000000000003 seconds make no frame of their own.
  expect(frameTimes(1.1 * 3, 10)).toHaveLength(33);
});

test("videos are told by their names, by what the system says of them, or by what they begin with", async () => {
  const file = (path: string, type = "", content: BlobPart = "") => ({ path, blob: new Blob([content], { type }) });
  const are = (...files: ReturnType<typeof file>[]) => Promise.all(files.map(isVideo));
  expect(await are(...["a.mp4", "x/b.MOV", "c.webm"].map((path) => file(path)))).toEqual([true, true, true]);
  expect(await are(file("recording", "video/quicktime"))).toEqual([true]);
  const clips = ["clip.mp4", "clip.webm"].map((name) =>
    readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)),
  );
  expect(await are(...clips.map((clip) => file("set/clip", "", new Uint8Array(clip))))).toEqual([true, true]);
  const avif = file("picture", "", new Uint8Array([0, 0, 0, 28, ...Buffer.from("ftypavif")]));
  expect(await are(...["a.jpg", "mp4", "a.zip", "a.gif"].map((path) => file(path)), avif)).not.toContain(true);
});

test("a video within an archive is named as one", () => {
  const webm = new Uint8Array(readFileSync(new URL("../../fixtures/clip.webm", import.meta.url)));
  expect(foreignKind(webm)).toBe("image/video");
});

test("a video's class is its folder, or one of its own", () => {
  expect(["clip.final.mp4", "set/cats/1.mp4", ".mp4"].map(classNameOf)).toEqual(["clip.final", "cats", ".mp4"]);
});

test("the rates and what they make are said in plain words", () => {
  expect([0.5, 1, 5].map(words.video.perSecond)).toEqual(["Every 2 seconds", "Every second", "5 times a second"]);
  expect(words.video.facts({ seconds: 4.04, width: 96, height: 64 })).toBe("4 seconds, 96 × 64 pixels");
});
