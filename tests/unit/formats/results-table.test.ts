/** The table of results: for spreadsheets and programs. */
import { expect, test } from "vitest";
import { resultsTable } from "../../../src/formats/results-table.ts";

test("holds the classes best first, the photo's own class and what went wrong, and no formula", () => {
  const text = resultsTable([
    {
      ...{ path: "cats/=1+1.jpg", trueClass: "cat", isUnknown: null, problem: null },
      best: [
        { className: "@dog", probability: 0.75 },
        { className: "cat", probability: 0.25 },
      ],
    },
    { path: 'b,"c".jpg', trueClass: null, best: [], isUnknown: null, problem: "It is no photo, or damaged." },
    {
      path: "-d.jpg",
      trueClass: null,
      best: [{ className: "cat", probability: 1 / 3 }],
      isUnknown: null,
      problem: null,
    },
  ]);
  expect(text.split("\r\n")).toEqual([
    "file,true_class,class_1,confidence_1,class_2,confidence_2,problem",
    "cats/=1+1.jpg,cat,'@dog,0.750000,cat,0.250000,",
    '"b,""c"".jpg",,,,,,"It is no photo, or damaged."',
    "'-d.jpg,,cat,0.333333,,,",
    "",
  ]);
});

test("has no column for what no photo has", () => {
  const best = [{ className: "cat", probability: 1 }];
  expect(resultsTable([{ path: "a.jpg", trueClass: null, best, isUnknown: null, problem: null }])).toBe(
    "file,class_1,confidence_1\r\na.jpg,cat,1.000000\r\n",
  );
  expect(resultsTable([])).toBe("file\r\n");
});

test("says which photos are none of the classes, where that was asked", () => {
  const line = { trueClass: null, best: [{ className: "cat", probability: 1 }], problem: null };
  const lines = [
    { ...line, path: "a.jpg", isUnknown: true },
    { ...line, path: "b.jpg", isUnknown: false },
    { path: "c.txt", trueClass: null, best: [], isUnknown: null, problem: "It is no photo." },
  ];
  expect(resultsTable(lines).split("\r\n")).toEqual([
    "file,class_1,confidence_1,none_of_these,problem",
    "a.jpg,cat,1.000000,true,",
    "b.jpg,cat,1.000000,false,",
    "c.txt,,,,It is no photo.",
    "",
  ]);
});
