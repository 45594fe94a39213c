import { createLanguage } from "../language.ts";

/** English, with the numbers and dates of the person's own region. */
export const { count, percent, wholePercent, loss, decimal, typed, bytes, dateTime, list, plural } = createLanguage(
  globalThis.navigator?.languages.find((each) => each.startsWith("en")) ?? "en",
);

/** “1 photo”, “2 photos” */
export const photos = (value: number) => plural(value, { one: "# photo", other: "# photos" });
/** “1 class”, “2 classes” */
export const classes = (value: number) => plural(value, { one: "# class", other: "# classes" });
/** “1 file”, “2 files” */
export const files = (value: number) => plural(value, { one: "# file", other: "# files" });

/** 18400000 → “18 million” */
export const millions = (value: number) => `${decimal(Number((value / 1e6).toPrecision(2)), 2)} million`;

/** 75 → “about 1 min 15 s” */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `about ${whole} s` : `about ${Math.floor(whole / 60)} min ${whole % 60} s`;
}
