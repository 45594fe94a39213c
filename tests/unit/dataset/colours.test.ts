/** Colours of classes: each keeps its own, whatever becomes of the others. */
import { describe, expect, test } from "vitest";
import { CLASS_COLOURS } from "../../../src/app/shared/class-colour.ts";
import { coloursOf, freeColour, PALETTE_SIZE, withColours } from "../../../src/dataset/colours.ts";
import { type Dataset, EMPTY_DATASET, UNSORTED } from "../../../src/dataset/dataset.ts";
import { addClass, deleteClass, ensureClass, mergeClasses, reorderClass } from "../../../src/dataset/edit.ts";

const colours = ({ classes }: Dataset) => Object.fromEntries(classes.map(({ id, colour }) => [id, colour]));
const withClasses = (...ids: string[]) => ids.reduce((made, id) => addClass(made, id, id), EMPTY_DATASET);

test("there are as many as the page has", () => {
  expect(CLASS_COLOURS).toHaveLength(PALETTE_SIZE);
});

describe("a class", () => {
  test("keeps its colour when others are deleted, merged or put in another order", () => {
    const three = withClasses("a", "b", "c");
    expect(colours(three)).toEqual({ a: 0, b: 1, c: 2 });
    expect(colours(deleteClass(three, "a"))).toEqual({ b: 1, c: 2 });
    expect(colours(mergeClasses(three, "b", "c"))).toEqual({ a: 0, c: 2 });
    expect(colours(reorderClass(three, "c", 0))).toEqual({ c: 2, a: 0, b: 1 });
  });

  test("gets one that no other has as long as there is one, however it comes", () => {
    const two = deleteClass(withClasses("a", "b", "c"), "b");
    const [made] = ensureClass(two, "d", () => "d");
    expect(colours(made)).toEqual({ a: 0, c: 2, d: 1 });
    const nine = withClasses("1", "2", "3", "4", "5", "6", "7", "8", "9");
    expect(new Set(nine.classes.slice(0, 8).map(({ colour }) => colour)).size).toBe(8);
    expect(nine.classes[8]?.colour).toBe(0);
    expect(freeColour([{ colour: 0 }, { colour: 9 }])).toBe(2);
  });
});

test("classes of earlier versions get the colours that they were shown with, and Unsorted none", () => {
  const bare = {
    classes: [
      { id: UNSORTED, name: "Unsorted" },
      { id: "a", name: "a" },
      { id: "b", name: "b", colour: 5 },
    ],
    samples: [],
  };
  expect(colours(withColours(bare))).toEqual({ [UNSORTED]: undefined, a: 1, b: 5 });
  const coloured = withColours(bare);
  expect(withColours(coloured)).toBe(coloured);
});

describe("a classifier's classes", () => {
  const dataset = withClasses("a", "b");

  test("have the colours of the dataset's classes by their ids, whatever they are called", () => {
    expect(
      coloursOf(
        [
          { id: "b", name: "a" },
          { id: "a", name: "old" },
        ],
        dataset,
      ),
    ).toEqual([1, 0]);
  });

  test("without ids go by their names, and those that are not known get colours of their own", () => {
    const named = ["x", "b", "y"].map((name) => ({ id: null, name }));
    expect(coloursOf(named, dataset)).toEqual([0, 1, 2]);
  });
});
