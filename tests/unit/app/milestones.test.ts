/** How often a job's progress is said aloud. */
import { expect, test } from "vitest";
import { type Job, milestoneOf } from "../../../src/app/store/jobs.ts";

const job = (changes: Partial<Job>): Job => ({
  ...{
    id: 1,
    task: "look",
    kind: "look",
    place: "Data",
    subject: null,
    waitsFor: null,
    progress: null,
    stopping: false,
  },
  ...changes,
});

test("it begins, passes each quarter, and turns to something else: a thousand photos are six milestones", () => {
  const during = Array.from({ length: 1001 }, (_, done) =>
    job({ kind: "prepare", progress: { done, total: 1000, unit: "photos", secondsLeft: 1000 - done } }),
  );
  const all = [job({ kind: "prepare" }), ...during, job({ kind: "look" })].map(milestoneOf);
  expect(all.filter((each, at) => each !== all[at - 1])).toHaveLength(1 + 1 + 4 + 1);
});

test("what has no known end is one milestone", () => {
  const downloads = [1e5, 2e5, 3e5].map((done) =>
    job({ kind: "download", progress: { done, total: null, unit: "bytes", secondsLeft: null } }),
  );
  expect(new Set(downloads.map(milestoneOf)).size).toBe(1);
});
