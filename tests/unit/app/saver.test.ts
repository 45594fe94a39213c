/** What is saved of an open project, against a door that fails as it is told to. */
import { expect, test } from "vitest";
import { createSaver } from "../../../src/app/store/saver.ts";
import type { ProjectChange } from "../../../src/project/change.ts";
import type { ProjectState } from "../../../src/project/project.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { WorkerError } from "../../../src/worker/errors.ts";
import type { Headstart } from "../../../src/worker/protocol/index.ts";

const KEPT: ProjectState = {
  name: "before",
  dataset: { classes: [], samples: [] },
  groups: [],
  settings: DEFAULT_SETTINGS,
  baseModelId: null,
};

/** @param failures what each write ends with, in order; those after them succeed */
function savingWith(failures: readonly Error[]) {
  const writes: ProjectChange[] = [];
  const headstart = {
    async saveProject(_id: string, change: ProjectChange) {
      const failure = failures[writes.push(change) - 1];
      if (failure) throw failure;
    },
  } as Headstart;
  const saver = createSaver(headstart, () => ({ ...KEPT, name: "after" }));
  saver.begin("project", KEPT);
  return { saver, writes };
}

const death = () => new WorkerError({ code: "worker/ended", reason: "test" });

test("a write that ended with its worker goes to the next one, and nobody is told", async () => {
  const { saver, writes } = savingWith([death()]);
  await saver.save();
  expect(writes.map(({ state }) => state.name)).toEqual(["after", "after"]);
});

test("worker after worker that ends is told", async () => {
  const { saver, writes } = savingWith([death(), death()]);
  await expect(saver.save()).rejects.toMatchObject({ fault: { code: "worker/ended" } });
  expect(writes).toHaveLength(2);
  await saver.save();
  expect(writes).toHaveLength(3);
});

test("any other failure is told at once", async () => {
  const { saver, writes } = savingWith([new Error("the disk is full")]);
  await expect(saver.save()).rejects.toThrow("the disk is full");
  expect(writes).toHaveLength(1);
});
