/** Words of the Evaluate place. */
import { rich, strong } from "../rich.ts";
import { count, dateTime, percent, plural, typed } from "./language.ts";
import { morePhotos } from "./more-photos.ts";
import { testShortfall } from "./test-shortfall.ts";

export const evaluate = {
  title: "Evaluate",
  trainFirst: "Train first",
  useIt: "Use it",
  nothingYet:
    "Nothing has been trained yet. After training, this page shows how good the classifier is on photos it has never seen.",
  fromElsewhere:
    "The classifier in use was not trained in this project, so there are no test photos to judge it by. The runs of this project are on the Train page, under Runs.",
  noTestPhotos: "No photo was set aside for the test. Give “Test share” a value above 0 and train again.",
  nothingToTestOn:
    "No photo could be set aside for the test. Add photos that differ from those that are learned from, or use cross-validation (Train, More settings), which tests every photo.",
  testShortfall,
  notKept: "The predictions of this run were not kept, so only its overall result is known.",
  workingOut: "Working out the result …",
  shownRun: (finishedAt: string) => `Run of ${dateTime(finishedAt)}`,
  notInUse: "This is an earlier run. Its classifier is not the one in use.",
  overall: "Overall",
  macroF1: "Macro F1",
  percent,
  count,
  interval: ({ low, high }: { low: number; high: number }) => `95% interval ${percent(low)} to ${percent(high)}`,
  noInterval: "So few photos per class allow no sound interval.",
  macroF1Meaning: "The mean F1 of all classes: rare classes count as much as common ones.",
  folds: (folds: number) =>
    `By cross-validation: each photo was tested once, by one of ${folds} classifiers that had not seen it. The one you use was then trained on all of them.`,

  /** What is answered instead of a class, and how it did on photos that are of a class. */
  rejection: ({ falseRejects, tested, turnedAway }: { falseRejects: number; tested: number; turnedAway: number }) =>
    `Photos unlike all classes are answered with “None of these”. About ${percent(falseRejects)} of the photos of your own classes are expected to be as well${tested === 0 ? "." : `; of the test photos, ${count(turnedAway)} of ${count(tested)} would be.`}`,
  noRejection: "Every photo is answered with one of the classes, whatever it shows.",
  calibration: ({ temperature, photos }: { temperature: number; photos: number }) =>
    `The probabilities were corrected with temperature ${typed(Number(temperature.toPrecision(2)))}, by ${plural(photos, { one: "# validation photo", other: "# validation photos" })}.`,

  betterBase: {
    title: "The base model may be the reason",
    /** @param theirs mean accuracy with the better one, on the sets of its card; `own` with the one that was used */
    base: ({ used, name, own, theirs }: { used: string; name: string; own: number; theirs: number }) =>
      `This run used ${used}. On the four sets of photos that we tried, classifiers built on ${name} were right for ${percent(theirs)} of the test photos on average, on ${used} for ${percent(own)}.`,
    takeBase: (name: string) => `Use ${name} and train again`,
    side: ({ side, own, theirs }: { side: number; own: number; theirs: number }) =>
      `The base model was given small photos, and the classifier could not tell apart even those that it learned from. On six sets of photos that we tried, it was right for ${percent(theirs)} of the test photos with ${typed(side)} pixels, and for ${percent(own)} with this size.`,
    takeSide: (side: number) => `Use ${typed(side)} pixels and train again`,
  },
  metrics: {
    title: "Per-class metrics",
    scrollable: "Per-class metrics, scrollable",
    explanation:
      "Precision: of the photos called this class, how many are. Recall: of the photos of this class, how many were found.",
    columns: { className: "Class", precision: "Precision", recall: "Recall", f1: "F1", support: "Support" },
    /** For a value that is not defined. */
    none: "–",
  },
  mistakes: {
    title: "Mistakes",
    explanation:
      "The most confident first. Correct a label only where it is really wrong, then train again: labels that are changed to please the model make the test worthless.",
    none: "None: every one of these photos was classified correctly.",
    /** Under a list that is too long to be shown whole. */
    some: (shown: number, all: number) => `The first ${count(shown)} of ${count(all)}.`,
    more: "Show more",
    right: ({ actual, confidence }: { actual: string; confidence: number }) =>
      rich`${strong(actual)}, ${percent(confidence)} sure`,
    gone: "a photo that is no longer here",
    mistake: ({ actual, predicted, confidence }: { actual: string; predicted: string; confidence: number }) =>
      rich`${strong(actual)} called ${predicted}, ${percent(confidence)} sure`,
    labelIsRight: "The label is right",
    labelIsRightNamed: (fileName: string) => `The label is right: ${fileName}`,
    /** Instead of the buttons, after it was said. */
    kept: "The label is right",
    moveTo: (name: string) => `Move to ${name}`,
    moveToNamed: ({ name, fileName }: { name: string; fileName: string }) => `Move to ${name}: ${fileName}`,
    exclude: "Exclude",
    excludeNamed: (fileName: string) => `Exclude: ${fileName}`,
    excluded: "Excluded",
    nowIn: (name: string) => `Now in ${name}`,
  },
  morePhotos,
  allRuns: "All runs",
};
