/** Why classes have fewer test photos than the test share asks for. */
import type { TestShortfall } from "../../../dataset/split.ts";
import { count, list, plural } from "./language.ts";

/** A class with the test photos that it has and those that it should have. */
interface ShortClass extends Pick<TestShortfall, "wanted" | "found"> {
  readonly name: string;
}

/** Classes that are named; the others are counted. */
const MOST_NAMED = 6;

/** One sentence or two about all classes of a reason: those without any test photo and those with some. */
export const testShortfall: Readonly<Record<TestShortfall["reason"], (classes: readonly ShortClass[]) => string>> = {
  "like-other-classes": (short) =>
    `${
      hasNone(short)
        ? `The photos of ${named(short, nameOf)} are too alike across classes to test on any.`
        : `Fewer test photos than the test share asks for: ${named(short, counted)}.`
    } Photos that are nearly the same as photos of another class are always learned from. Move photos that are in the wrong class, add photos that differ more, or use cross-validation (Train, More settings), which tests every photo.`,
  "one-bundle": (short) =>
    `The photos of ${named(short, nameOf)} are one recording, or all nearly the same: they stay together in training, and none is tested on. Make three recordings or more of each class, or add photos of other occasions.`,
  fixed: (short) =>
    `${
      hasNone(short)
        ? `No photo of ${named(short, nameOf)} was tested on: all are fixed to training or validation, by their folders or by hand.`
        : `Fewer test photos than the test share asks for: ${named(short, counted)}. The others are fixed to training or validation, by their folders or by hand.`
    } On the Data page, “Set split” gives some of them to the test, or lets the split be drawn (“Automatic”).`,
};

function hasNone(short: readonly ShortClass[]): boolean {
  return short.every(({ found }) => found === 0);
}

function nameOf({ name }: ShortClass): string {
  return `“${name}”`;
}

function counted({ name, wanted, found }: ShortClass): string {
  return `“${name}” has ${count(found)} of ${count(wanted)}`;
}

function named(short: readonly ShortClass[], say: (one: ShortClass) => string): string {
  if (short.length <= MOST_NAMED) return list(short.map(say));
  const others = plural(short.length - MOST_NAMED + 1, { one: "# more class", other: "# more classes" });
  return list([...short.slice(0, MOST_NAMED - 1).map(say), others]);
}
