import { describe, expect, test } from "vitest";
import { createAdder, type IncomingPhoto } from "../../../src/dataset/adding.ts";
import { type Dataset, EMPTY_DATASET, UNSORTED, UNTOUCHED } from "../../../src/dataset/dataset.ts";
import { deleteSamples, renameClass } from "../../../src/dataset/edit.ts";

const incoming = (photo: string, className: string | null): IncomingPhoto => ({
  sample: { ...UNTOUCHED, photo, fileName: `${photo}.jpg`, fixedSplit: null, width: 10, height: 10, looks: null },
  className,
});
const where = ({ classes, samples }: Dataset) =>
  samples.map(({ photo, classId }) => `${photo}:${classes.find(({ id }) => id === classId)?.name}`).join(" ");
const ids = () => {
  let last = 0;
  return () => `id ${++last}`;
};

describe("adding photos", () => {
  test("goes by the folder's name, over batches, and keeps the same bytes once", () => {
    const add = createAdder(ids(), null);
    const first = add(EMPTY_DATASET, [incoming("a", "cat"), incoming("b", "dog")]);
    const second = add(first.dataset, [incoming("c", "cat"), incoming("a", "dog"), incoming("c", "cat")]);
    expect(where(second.dataset)).toBe("a:cat b:dog c:cat");
    expect(second.dataset.classes).toHaveLength(2);
    expect([first.duplicates, second.duplicates]).toEqual([0, 2]);
    expect(where(first.dataset)).toBe("a:cat b:dog");
  });

  test("names the same photo in two classes, and keeps it in the first", () => {
    const add = createAdder(ids(), null);
    const { dataset } = add(EMPTY_DATASET, [incoming("a", "cat"), incoming("b", null)]);
    const again = add(dataset, [incoming("a", "dog"), incoming("a", "cat"), incoming("b", "dog")]);
    expect(again.contradictions).toEqual([{ fileName: "a.jpg", staysIn: "cat", otherClass: "dog" }]);
    expect(where(again.dataset)).toBe("a:cat b:Unsorted");
  });

  test("puts loose photos into the chosen class, or into Unsorted when there is none", () => {
    const birds = { classes: [{ id: "birds", name: "birds" }], samples: [] };
    expect(where(createAdder(ids(), "birds")(birds, [incoming("a", null)]).dataset)).toBe("a:birds");
    const { dataset } = createAdder(ids(), "gone")(birds, [incoming("a", null)]);
    expect(dataset.samples[0]?.classId).toBe(UNSORTED);
  });

  test("sees what was changed between two batches", () => {
    const add = createAdder(ids(), null);
    const { dataset } = add(EMPTY_DATASET, [incoming("a", "cat"), incoming("b", "cat")]);
    const again = add(deleteSamples(dataset, new Set(["a"])), [incoming("a", "cat"), incoming("b", "cat")]);
    expect(where(again.dataset)).toBe("b:cat a:cat");
    expect(again.duplicates).toBe(1);
  });

  test("follows a class that is renamed meanwhile", () => {
    const add = createAdder(ids(), null);
    const { dataset } = add(EMPTY_DATASET, [incoming("a", "cat")]);
    const renamed = renameClass(dataset, dataset.classes[0]?.id ?? "", "kitten");
    expect(where(add(renamed, [incoming("b", "cat")]).dataset)).toBe("a:kitten b:kitten");
  });

  test("gives the same dataset when nothing is new", () => {
    const add = createAdder(ids(), null);
    const { dataset } = add(EMPTY_DATASET, [incoming("a", "cat")]);
    expect(add(dataset, [incoming("a", "cat")]).dataset).toBe(dataset);
  });
});
