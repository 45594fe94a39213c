import { parse } from "papaparse";
import { expect, test } from "vitest";
import { asItWas, csvText } from "../../../src/formats/csv.ts";

const CELLS = [
  ...["plain", "", "a,b", 'say "hi"', "two\nlines", "1.5", "'quoted'"],
  ...["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '="a",b', "'=1+1", "''-1", "'"],
];

test("no cell is a formula, and all come back as they were", () => {
  const text = csvText([CELLS]);
  const [cells = []] = parse<string[]>(text, { delimiter: ",", newline: "\r\n" }).data;
  for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
  expect(cells.map(asItWas)).toEqual(CELLS);
});

test("what is no formula is written as it is", () => {
  expect(csvText([["a", "'b'", "c d"], ["1"]])).toBe("a,'b',c d\r\n1\r\n");
});
