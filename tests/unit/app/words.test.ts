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
