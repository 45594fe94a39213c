/** What the page says, in English. */
import { describe, expect, test } from "vitest";
import { english as words } from "../../../src/app/words/en/index.ts";
import { createLanguage } from "../../../src/app/words/language.ts";
import { english as pseudo } from "../../fixtures/pseudo-words.ts";

describe("Undo and Redo", () => {
  test("name the change as an order", () => {
    expect(words.history.undo({ did: "add-photos" })).toBe("Undo: add photos (Ctrl+Z)");
    expect(words.history.redo({ did: "delete-class" })).toBe("Redo: delete a class (Ctrl+Shift+Z)");
    expect(words.history.undone({ did: "move-photos", photos: 1 })).toBe("Undone: move 1 photo.");
    expect(words.history.redone({ did: "clear-suspicion", photos: 2 })).toBe("Redone: keep 2 photos as they are.");
  });

  test("say when there is nothing to go to", () => {
    expect(words.history.undo(null)).toBe("Nothing to undo");
    expect(words.history.redo(null)).toBe("Nothing to redo");
  });
});

describe("where a project stands", () => {
  test("without photos", () => {
    expect(words.shared.standing({ photos: 0, classes: 0, tested: null, classifier: null })).toBe("No photos yet");
  });

  test("with a tested run", () => {
    const tested = { accuracy: 0.975, photos: 1 };
    expect(words.shared.standing({ photos: 1234, classes: 1, tested, classifier: null })).toBe(
      "1,234 photos, 1 class, last run 97.5% on 1 test photo",
    );
  });

  test("with a classifier from elsewhere", () => {
    expect(words.shared.standing({ photos: 0, classes: 0, tested: null, classifier: "Birds" })).toBe(
      "No photos yet, using “Birds”",
    );
  });
});

test("the space that is used, and whether the browser promised to keep it", () => {
  const space = { used: 1_412_448, available: 12_000_000_000 };
  expect(words.shell.projects.space({ ...space, kept: true })).toBe(
    "Uses 1.4 MB of 12 GB that this browser allows. It is kept until you delete it.",
  );
  expect(words.shell.projects.space({ ...space, kept: false })).toMatch(/^Uses 1\.4 MB of 12 GB .*may delete it/);
});

test("plurals follow the language: Polish has one form for 1, one for 2 to 4, one for 5", () => {
  const { plural } = createLanguage("pl");
  const forms = { one: "# plik", few: "# pliki", many: "# plików", other: "# pliku" };
  expect([1, 3, 5, 22, 25].map((value) => plural(value, forms))).toEqual([
    "1 plik",
    "3 pliki",
    "5 plików",
    "22 pliki",
    "25 plików",
  ]);
});

test("the pseudo-language accents every letter of texts and of what functions make, and nothing else", () => {
  expect(pseudo.shell.bar.undo).toBe("Ŭƞḓǿ");
  expect(pseudo.history.undone({ did: "add-photos" })).toBe("Ŭƞḓǿƞḗ: ȧḓḓ ƥħǿŧǿş.");
  expect(pseudo.numbers.percent(0.5)).toBe("50.0%");
});

describe("the result of a training", () => {
  const { result } = words.train;

  test("in photos, and how sure that is", () => {
    expect(result.done({ right: 1, tested: 1 })).toBe("Done: 1 of 1 test photo right");
    expect(result.done({ right: 35, tested: 36 })).toBe("Done: 35 of 36 test photos right");
    expect(result.interval({ low: 0.858, high: 0.995 })).toBe(
      "For photos like these, expect 85.8% to 99.5% right (95% interval).",
    );
  });

  test("without test photos", () => {
    expect(result.withoutTest({ accuracy: 0.9, photos: 1 })).toMatch(
      /is not known\. Of the 1 validation photo, .* 90\.0%/,
    );
    expect(result.withoutTest({ accuracy: null, photos: 0 })).toMatch(/is not known\.$/);
  });

  test("that no longer matches the project", () => {
    expect([1, 2].map(words.shared.stale)).toEqual(["1 change since this run.", "2 changes since this run."]);
  });
});

test("one photo is one photo while it comes in", () => {
  const job = { kind: "import", task: "import", subject: null, waitsFor: null, stopping: false } as const;
  const line = (total: number) =>
    words.jobs.line({
      ...{ ...job, id: 1, place: "Data" },
      progress: { done: 1, total, unit: "photos", secondsLeft: null },
    });
  expect([line(1), line(2)]).toEqual(["Adding photos: 1 of 1 photo", "Adding photos: 1 of 2 photos"]);
});

test("a file that is unpacked is named with how far it is", () => {
  const job = { kind: "unpack", task: "import", subject: "cifar-10.tar.gz", waitsFor: null, stopping: false } as const;
  const progress = { done: 4e7, total: 1e8, unit: "bytes", secondsLeft: null } as const;
  expect(words.jobs.line({ ...job, id: 1, place: "Data", progress })).toBe("Unpacking cifar-10.tar.gz: 40%");
});
