/** Another language is one file with a catalogue of the type `Words`. `tsc` checks here that a faulty one does not compile. */
import { expect, test } from "vitest";
import { english } from "../../../src/app/words/en/index.ts";
import type { AnyFault, FaultWords } from "../../../src/app/words/faults.ts";
import { createLanguage } from "../../../src/app/words/language.ts";
import type { Words } from "../../../src/app/words/words.ts";

const { plural, percent } = createLanguage("pl");

test("is a catalogue with the same keys, its own plurals and its own numbers", () => {
  const count = (value: number) => plural(value, { one: "# zdjęcie", few: "# zdjęcia", other: "# zdjęć" });
  const polish: Words = {
    ...english,
    shared: { ...english.shared, cancel: "Anuluj" },
    classes: { ...english.classes, count },
    faults: {
      ...english.faults,
      "class/name-taken": ({ name }) => `Klasa „${name}” już istnieje. Wybierz inną nazwę.`,
    },
    numbers: { ...english.numbers, percent },
  };
  expect([1, 2, 5].map(polish.classes.count)).toEqual(["1 zdjęcie", "2 zdjęcia", "5 zdjęć"]);
  expect(polish.numbers.percent(0.975)).toBe("97,5%");
  expect(polish.faults["class/name-taken"]({ code: "class/name-taken", name: "Kot" })).toBe(
    "Klasa „Kot” już istnieje. Wybierz inną nazwę.",
  );
});

const { cancel: _, ...withoutCancel } = english.shared;
const { "class/name-taken": __, ...withoutOneFault } = english.faults;

/** Each directive fails to compile as soon as its line does compile. */
const FAULTY = {
  // @ts-expect-error a sentence is missing
  missingSentence: { ...english, shared: withoutCancel } satisfies Words,
  // @ts-expect-error a fault has no sentence
  missingFault: withoutOneFault satisfies FaultWords<AnyFault>,
  // @ts-expect-error a text where a sentence is made of values
  textForFunction: { ...english, classes: { ...english.classes, photosOf: "Zdjęcia" } } satisfies Words,
  // @ts-expect-error a value that this sentence is not given
  unknownValue: { "class/name-taken": ({ number }) => `${number}` } satisfies Partial<FaultWords<AnyFault>>,
  // @ts-expect-error a value of another type: the name is a text
  mistypedValue: { ...english, classes: { ...english.classes, photosOf: (n: number) => `${n}` } } satisfies Words,
  // @ts-expect-error a sentence that needs a value is asked for without it
  withoutValue: () => english.classes.photosOf(),
  // @ts-expect-error a key that is not in the catalogue is asked for
  unknownKey: () => english.shared.cancelAll,
};

test("does not compile while something is missing or mistyped", () => {
  // That these are faulty is what the compiler holds; here they only have to be used.
  expect(Object.keys(FAULTY)).toHaveLength(7);
});
