/** Taking photos from a video's frames. */
import { decimal, photos, plural, typed } from "./language.ts";

interface VideoFacts {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
}

const seconds = (value: number) => (value === 1 ? "1 second" : `${decimal(value, 1)} seconds`);

export const video = {
  title: (file: string) => `Photos from “${file}”`,
  opening: "Opening the video …",
  firstFrame: "First frame",
  facts: ({ seconds: length, width, height }: VideoFacts) =>
    `${seconds(length)}, ${typed(width)} × ${typed(height)} pixels`,
  rate: "Take a frame",
  /** @param rate frames per second */
  perSecond: (rate: number) =>
    rate < 1 ? `Every ${typed(1 / rate)} seconds` : plural(rate, { one: "Every second", other: "# times a second" }),
  into: "For the class",
  newClass: (name: string) => `New class “${name}”`,
  makes: (number: number) =>
    `That makes ${photos(number)}. They stay together as one recording, in training or in the test: add three videos or more per class, so that some can be tested on.`,
  tooMany: (most: number) => `That makes more than ${photos(most)}. Take fewer frames, or cut the video.`,
  take: "Take photos",
};
