/** Evaluate: whether more photos would help. */
import { count, decimal, percent, plural } from "./language.ts";

const points = (share: number) => decimal(100 * share, 1);

export const morePhotos = {
  title: "Would more photos help?",
  explanation:
    "Trains on a quarter, a half, three quarters and all of your training and validation photos, with the settings of now, and tries each classifier on photos that it has not seen. The test photos are not used.",
  start: "Work it out",
  again: "Work it out again",
  status: "Whether more photos would help",
  changed: "Your photos have changed since this was worked out.",
  most: ({ added, name, gain }: { added: number; name: string; gain: { value: number; low: number; high: number } }) =>
    `About ${plural(added, { one: "# more photo", other: "# more photos" })} of “${name}” would help most: about ${points(gain.value)} percentage points more of that class right (95% interval ${points(gain.low)} to ${points(gain.high)}).`,
  none: ({ added }: { added: number }) =>
    `No class is sure to gain from ${plural(added, { one: "# more photo", other: "# more photos" })}. Photos that differ more from those you have may help where more of the same do not.`,
  now: ({ value, low, high, photos }: { value: number; low: number; high: number; photos: number }) =>
    `By cross-validation of ${plural(photos, { one: "# photo", other: "# photos" })}, ${percent(value)} are right (95% interval ${percent(low)} to ${percent(high)}).`,
  doubled: ({ value, low, high }: { value: number; low: number; high: number }) =>
    `With twice as many photos of every class, expect about ${percent(value)} (${percent(low)} to ${percent(high)}), if they are like those you have.`,
  curve: {
    title: "Photos learned from, and how many others were right",
    columns: { photos: "Photos learned from", right: "Right" },
  },
  classes: {
    title: "By class",
    /** @param added photos */
    columns: (added: number) => ({
      className: "Class",
      photos: "Photos",
      right: "Right",
      gain: `Gain from ${count(added)} more`,
    }),
    gain: ({ value, low, high }: { value: number; low: number; high: number }) =>
      `${points(value)} (${points(low)} to ${points(high)})`,
    gone: "a class that is no longer here",
  },
  numbers: "The numbers",
  count,
  percent,
};
