/** Files that are put together on disk on their way to the downloads. */
import { expect, test } from "vitest";
import type { Answer, Task } from "./download-worker.ts";

const MIB = 2 ** 20;

function run(task: Partial<Task>): Promise<Answer> {
  const worker = new Worker(new URL("./download-worker.ts", import.meta.url), { type: "module" });
  return new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ files: 24, bytesEach: MIB, abortAfter: null, withoutFolder: false, ...task });
  }).finally(() => worker.terminate());
}

test("a zip is written to the private folder, read back whole, and removed when nobody holds it", async () => {
  const { error, sizes, last, left } = await run({});
  expect(error).toBeNull();
  expect(sizes).toEqual(Array.from({ length: 24 }, () => MIB));
  expect(last).toBe(23);
  expect(left).toEqual([1, 1, 0]);
});

test("one that is given up leaves nothing", async () => {
  expect(await run({ abortAfter: 12 })).toMatchObject({ error: "AbortError", left: [0, 0, 0] });
});

test("without a private folder it is a blob of blobs", async () => {
  const { error, sizes, last } = await run({ withoutFolder: true });
  expect([error, sizes.length, last]).toEqual([null, 24, 23]);
});
