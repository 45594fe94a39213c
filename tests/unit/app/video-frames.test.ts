import { expect, test } from "vitest";
import { frameTimes, isVideo } from "../../../src/app/store/video-frames.ts";
import { classNameOf } from "../../../src/app/store/videos.ts";
import { words } from "../../../src/app/words/words.ts";

test("frames are taken from the first moment on, none at or after the end", () => {
  expect(frameTimes(4, 2)).toEqual([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
  expect(frameTimes(4.01, 1)).toEqual([0, 1, 2, 3, 4]);
  expect(frameTimes(10, 0.5)).toEqual([0, 2, 4, 6, 8]);
  expect(frameTimes(0.05, 2)).toEqual([0]);
  // A player's 3.3000000000000003 seconds make no frame of their own.
  expect(frameTimes(1.1 * 3, 10)).toHaveLength(33);
});

test("videos are told by their names, or by what the system says of them", () => {
  const file = (path: string, type = "") => ({ path, blob: new Blob([], { type }) });
  expect(["a.mp4", "x/b.MOV", "c.webm"].every((path) => isVideo(file(path)))).toBe(true);
  expect(isVideo(file("recording", "video/quicktime"))).toBe(true);
  expect(["a.jpg", "mp4", "a.zip", "a.gif"].some((path) => isVideo(file(path)))).toBe(false);
});

test("a video's class is its folder, or one of its own", () => {
  expect(["clip.final.mp4", "set/cats/1.mp4", ".mp4"].map(classNameOf)).toEqual(["clip.final", "cats", ".mp4"]);
});

test("the rates and what they make are said in plain words", () => {
  expect([0.5, 1, 5].map(words.video.perSecond)).toEqual(["Every 2 seconds", "Every second", "5 times a second"]);
  expect(words.video.facts({ seconds: 4.04, width: 96, height: 64 })).toBe("4 seconds, 96 × 64 pixels");
});
