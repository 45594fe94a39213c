/** Models are read by a worker of their own, which is ended when it is cancelled, and when it gets no further. */
import { expose } from "comlink";
import { expect, onTestFinished, test } from "vitest";
import type { ReadingTask } from "../../../src/worker/model-reader.ts";
import { readModel } from "../../../src/worker/reading-models.ts";
import { registerTransferHandlers } from "../../../src/worker/transfer.ts";

registerTransferHandlers();

const TASK: ReadingTask = {
  files: { given: [{ path: "model.h5", blob: new Blob(["model"]) }] },
  keepClassifier: false,
  name: null,
  source: "file",
};

/** A worker that reads in the way that is given; it can tell how far it is. */
function reader(read: (tell: (bytes: number) => void) => Promise<unknown>) {
  const { port1, port2 } = new MessageChannel();
  expose({ read: () => read((bytes) => port2.postMessage({ reading: { bytes, totalBytes: 10 } })) }, port2);
  const worker = Object.assign(port1, {
    ended: false,
    terminate() {
      worker.ended = true;
      port2.close();
    },
  });
  onTestFinished(() => worker.close());
  return { worker, startWorker: () => worker as unknown as Worker };
}

const never = () => new Promise<never>(() => undefined);
const quiet = { onProgress: () => undefined, signal: new AbortController().signal };

test("what it reads is given, with news on the way, and it ends", async () => {
  const told: number[] = [];
  const { worker, startWorker } = reader(async (tell) => {
    tell(4);
    return { kind: "base-model" };
  });
  const read = await readModel(TASK, { ...quiet, onProgress: ({ bytes }) => told.push(bytes), startWorker });
  expect(read).toEqual({ kind: "base-model" });
  expect([told, worker.ended]).toEqual([[4], true]);
});

test("cancelled, it is ended at once, whatever it does", async () => {
  const controller = new AbortController();
  const { worker, startWorker } = reader(never);
  const reading = readModel(TASK, { ...quiet, signal: controller.signal, startWorker });
  controller.abort();
  await expect(reading).rejects.toMatchObject({ name: "AbortError" });
  expect(worker.ended).toBe(true);
});

test("when it gets no further it is ended, and that is said", async () => {
  const { worker, startWorker } = reader(never);
  const reading = readModel(TASK, { ...quiet, startWorker, patience: 5 });
  await expect(reading).rejects.toMatchObject({ fault: { code: "model/too-slow" } });
  expect(worker.ended).toBe(true);
});

test("what is wrong with the files is passed on", async () => {
  const { worker, startWorker } = reader(() => Promise.reject(new Error("no model")));
  await expect(readModel(TASK, { ...quiet, startWorker })).rejects.toThrow("no model");
  expect(worker.ended).toBe(true);
});
