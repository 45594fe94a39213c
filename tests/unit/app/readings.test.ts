/** Files that can be read in several ways: the page asks before anything is added. */
import { expect, test } from "vitest";
import { createReadingsSlice } from "../../../src/app/store/readings.ts";
import type { ReadingChoice, ReadingQuestion } from "../../../src/worker/protocol/index.ts";
import { storeOf } from "../../fixtures/store-of.ts";

const question = (key: string): ReadingQuestion => ({ key, archive: key || null, offers: [] });
const tell = () => undefined;
const FILES = [{ path: "a.zip", blob: new Blob() }];

function createStore(...questions: readonly ReadingQuestion[]) {
  return storeOf(createReadingsSlice, { questionsOn: async () => questions });
}

/** Lets what waits for an answer go on. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

test("nothing is asked where the files are clear", async () => {
  const { get } = createStore();
  const choice = await get().chooseReadings(
    FILES,
    { looseHaveAPlace: true, drop: "1" },
    tell,
    new AbortController().signal,
  );
  expect(choice).toEqual({ chosen: {}, looseHaveAPlace: true, drop: "1" } satisfies ReadingChoice);
  expect(get().readingQuestion).toBe(null);
});

test("questions are asked one after the other, and their answers go together", async () => {
  const { get } = createStore(question(""), question("a.zip"));
  const choosing = get().chooseReadings(FILES, { looseHaveAPlace: false }, tell, new AbortController().signal);
  await turn();
  expect(get().readingQuestion?.key).toBe("");
  get().answerReading(1);
  await turn();
  expect(get().readingQuestion?.key).toBe("a.zip");
  get().answerReading(0);
  expect(await choosing).toEqual({ chosen: { "": 1, "a.zip": 0 }, looseHaveAPlace: false });
  expect(get().readingQuestion).toBe(null);
});

test.each(["a person takes none", "the job is cancelled"])("nothing is added when %s", async (how) => {
  const { get } = createStore(question(""), question("a.zip"));
  const controller = new AbortController();
  const choosing = get().chooseReadings(FILES, {}, tell, controller.signal);
  const rejected = expect(choosing).rejects.toMatchObject({ name: "AbortError" });
  await turn();
  if (how === "the job is cancelled") controller.abort();
  else get().answerReading(null);
  await rejected;
  expect(get().readingQuestion).toBe(null);
});
