import { describe, expect, test } from "vitest";
import { inView, keyTarget, layOut, positionOf, touchedBy } from "../../../src/app/data/grid/layout.ts";
import { choose, extend, NOTHING, type Selection, toggle } from "../../../src/app/data/grid/selection.ts";

// Cells of 100 pixels, 106 from one to the next, three in a row: 3·100 + 2·6 = 312.
const layout = layOut(11, 312, 100);

describe("a grid's layout", () => {
  test("fits as many cells as it can and widens them to fill the row", () => {
    expect(layout).toMatchObject({ columns: 3, cell: 100, step: 106, height: 4 * 106 - 6 });
    // Three of 100 fit into 400 pixels; they become (400 − 12) / 3 wide.
    expect(layOut(11, 400, 100)).toMatchObject({ columns: 3, cell: 388 / 3 });
    expect(positionOf(layout, 4)).toEqual({ left: 106, top: 106 });
  });

  test("draws whole rows in view and the spare ones, never past the end", () => {
    expect(inView(layOut(10_000, 312, 100), 10_600, 300, 2)).toEqual([(100 - 2) * 3, (103 + 2) * 3]);
    expect(inView(layout, 0, 5000, 2)).toEqual([0, 11]);
    expect(inView(layout, 99_999, 300, 0)).toEqual([11, 11]);
  });

  test("a lasso takes what it touches, from any corner; a gap touches nothing", () => {
    expect(touchedBy(layout, { from: { x: 50, y: 50 }, to: { x: 150, y: 150 } })).toEqual([0, 1, 3, 4]);
    expect(touchedBy(layout, { from: { x: 150, y: 150 }, to: { x: 50, y: 50 } })).toEqual([0, 1, 3, 4]);
    expect(touchedBy(layout, { from: { x: 101, y: -20 }, to: { x: 105, y: 500 } })).toEqual([]);
    expect(touchedBy(layout, { from: { x: -50, y: 330 }, to: { x: 900, y: 900 } })).toEqual([9, 10]);
  });

  test.each([
    ["ArrowRight", 2, 3],
    ["ArrowLeft", 0, 0],
    ["ArrowDown", 1, 4],
    ["ArrowDown", 8, 10],
    ["ArrowDown", 9, 9],
    ["ArrowUp", 4, 1],
    ["ArrowUp", 1, 1],
    ["PageDown", 1, 7],
    ["PageUp", 10, 4],
    ["Home", 7, 0],
    ["End", 7, 10],
    ["x", 7, null],
  ])("%s leads from %i to %s", (key, from, to) => expect(keyTarget(layout, from, key, 2)).toBe(to));
});

describe("a selection", () => {
  const order = ["a", "b", "c", "d", "e"];
  const shown = ({ chosen }: Selection) => [...chosen].sort().join("");

  test("a click puts a photo in, and out again", () => {
    const both = toggle(toggle(NOTHING, "b"), "d");
    expect(shown(both)).toBe("bd");
    expect(shown(toggle(both, "b"))).toBe("d");
  });

  test("a range goes from the last click, in either direction, and adds to what was selected", () => {
    const before = toggle(toggle(NOTHING, "a"), "c");
    expect(shown(extend(before, order, "e"))).toBe("acde");
    expect(shown(extend(before, order, "b"))).toBe("abc");
  });

  test("a range that is drawn again gives back what it took", () => {
    const far = extend(toggle(toggle(NOTHING, "a"), "c"), order, "e");
    expect(shown(extend(far, order, "d"))).toBe("acd");
  });

  test("a range without a beginning, or from a photo that is gone, is the photo alone", () => {
    expect(shown(extend(NOTHING, order, "c"))).toBe("c");
    expect(shown(extend({ ...NOTHING, anchor: "gone" }, order, "c"))).toBe("c");
  });

  test("a lasso replaces what was selected, or adds to it", () => {
    const before = toggle(NOTHING, "a");
    expect(shown(choose(before, ["c", "d"], false))).toBe("cd");
    expect(shown(choose(before, ["c", "d"], true))).toBe("acd");
  });
});
