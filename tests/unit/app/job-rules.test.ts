/** What may run beside what. */
import { describe, expect, test } from "vitest";
import { type Request, RULES, STEPS, TASKS, type Task, verdictOn, waitsFor } from "../../../src/app/store/job-rules.ts";

describe("each request beside each job", () => {
  // b: beside, a: after, n: never.
  const table = `
    request     import train tune parts look classify export save open download
    import      a      b     b    b     b    b        b      b    n    b
    train       a      n     n    a     a    a        b      b    n    b
    tune        a      n     n    a     a    a        b      b    n    b
    parts       a      a     a    n     a    a        b      b    n    b
    look        a      a     a    a     n    a        b      b    n    b
    classify    b      a     a    a     a    a        b      b    n    b
    export      b      b     b    b     b    b        a      a    n    b
    save        a      b     b    b     b    b        a      a    n    b
    open        n      n     n    n     n    n        a      a    n    b
    download    b      b     b    b     b    b        b      b    b    n
    switch      n      n     n    n     n    n        n      n    b    b
    undo        n      b     b    b     b    b        b      b    b    b
    delete-base b      n     n    n     n    b        b      n    n    b
    update      n      n     n    n     n    n        n      n    n    n`;
  const [head = [], ...rows] = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/));
  const cells = rows.flatMap(([request = "", ...letters]) =>
    letters.map((letter, at) => ({ request, task: head[at + 1] ?? "", letter })),
  );
  const RULE_OF: Readonly<Record<string, string>> = { a: "after", b: "beside", n: "never" };

  test("is in the table", () => {
    expect(head.slice(1)).toEqual([...TASKS]);
    expect(rows.map(([request]) => request)).toEqual([...TASKS, ...STEPS]);
    expect(Object.keys(RULES)).toEqual([...TASKS, ...STEPS]);
  });

  test.each(cells)("$request during $task", ({ request, task, letter }) => {
    const rule = RULE_OF[letter];
    const verdict = verdictOn(request as Request, [task as Task]);
    expect(verdict).toEqual(rule === "beside" ? { rule } : { rule, because: task });
  });
});

describe("several jobs", () => {
  test("never goes before after, and after before beside", () => {
    expect(verdictOn("train", ["download", "import", "open"])).toEqual({ rule: "never", because: "open" });
    expect(verdictOn("train", ["open", "import", "download"])).toEqual({ rule: "never", because: "open" });
    expect(verdictOn("train", ["download", "import", "export"])).toEqual({ rule: "after", because: "import" });
    expect(verdictOn("train", ["download", "export", "save"])).toEqual({ rule: "beside" });
    expect(verdictOn("train", [])).toEqual({ rule: "beside" });
  });

  test("the oldest of the strictest is named", () => {
    expect(verdictOn("save", ["export", "import"])).toEqual({ rule: "after", because: "export" });
    expect(verdictOn("save", ["import", "export"])).toEqual({ rule: "after", because: "import" });
  });
});

describe("waiting", () => {
  const pairs = TASKS.flatMap((one) => TASKS.map((other) => ({ one, other })));

  test("no two jobs wait for each other", () => {
    for (const { one, other } of pairs) {
      const [a, b] = [
        { id: 1, task: one },
        { id: 2, task: other },
      ];
      expect([one, other, waitsFor(a, b) && waitsFor(b, a)]).toEqual([one, other, false]);
    }
  });

  test("nothing is let in beside a job that it would be refused by, were it the later one", () => {
    for (const { one, other } of pairs) {
      if (RULES[one][other] === "never") expect([one, other, RULES[other][one]]).not.toEqual([one, other, "beside"]);
    }
  });

  test("of two that wait for each other's kind, the later one waits", () => {
    expect(waitsFor({ id: 1, task: "look" }, { id: 2, task: "train" })).toBe(false);
    expect(waitsFor({ id: 2, task: "train" }, { id: 1, task: "look" })).toBe(true);
    expect(waitsFor({ id: 1, task: "save" }, { id: 2, task: "save" })).toBe(false);
  });

  test("a training waits for photos that were given later too, which do not wait for it", () => {
    expect(waitsFor({ id: 1, task: "train" }, { id: 2, task: "import" })).toBe(true);
    expect(waitsFor({ id: 2, task: "import" }, { id: 1, task: "train" })).toBe(false);
  });
});
