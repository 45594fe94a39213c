/** Model files into models, beside the engine: a file that never ends, or takes all memory, ends nothing but its reader. */
import { releaseProxy, wrap } from "comlink";
import { PartError } from "../errors/part.ts";
import type { BaseModel } from "../network/model.ts";
import { WorkerError } from "./errors.ts";
import type { ModelReader, ReaderNews, ReadingTask, ReadModel } from "./model-reader.ts";
import type { DownloadProgress } from "./protocol/index.ts";

/** Longest that a reader may be without news, in milliseconds; and more for each megabyte, which slow machines need. */
const PATIENCE = { base: 10_000, perMegabyte: 50 };

export interface ReadingTools {
  onProgress(progress: DownloadProgress): void;
  readonly signal: AbortSignal;
  /** For tests. */
  readonly startWorker?: () => Worker;
  readonly patience?: number;
}

/**
 * @throws FormatError when the files are no model that can be used; WorkerError when reading takes too long or ends by itself;
 * an `AbortError` as soon as the signal aborts
 */
export async function readModel(task: ReadingTask, tools: ReadingTools): Promise<ReadModel> {
  const { onProgress, signal, startWorker = startReader, patience = patienceFor(task) } = tools;
  signal.throwIfAborted();
  const worker = startWorker();
  const remote = wrap<ModelReader>(worker);
  let reject: (why: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, end) => {
    reject = end;
  });
  const abort = () => reject(new DOMException("Cancelled", "AbortError"));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const startClock = () => {
    clearTimeout(timer);
    const seconds = Math.round(patience / 1000);
    timer = setTimeout(() => reject(new WorkerError({ code: "model/too-slow", seconds })), patience);
  };
  signal.addEventListener("abort", abort, { once: true });
  worker.addEventListener("message", ({ data }: MessageEvent<Partial<ReaderNews>>) => {
    if (!data.reading) return;
    startClock();
    onProgress(data.reading);
  });
  worker.addEventListener("error", (event) => {
    // Or it would go on to whoever started this worker.
    event.preventDefault();
    // A script that throws gives an ErrorEvent; one that cannot be loaded, a plain event.
    const threw = event instanceof ErrorEvent;
    reject(
      threw
        ? new WorkerError({ code: "model/reader-ended", message: event.message })
        : new PartError({ code: "part/not-loaded", part: "model-reader" }),
    );
  });
  startClock();
  try {
    return await Promise.race([remote.read(task), ended]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
    remote[releaseProxy]();
    worker.terminate();
  }
}

/** The same; what the files hold becomes a base model, whatever it is. */
export async function readBaseModel(
  task: Omit<ReadingTask, "keepClassifier">,
  tools: ReadingTools,
): Promise<BaseModel> {
  const model = await readModel({ ...task, keepClassifier: false }, tools);
  return model.kind === "base-model" ? model.base : asked(model.kind);
}

function asked(kind: string): never {
  throw new TypeError(`a reader asked for a base model gave a ${kind}`);
}

function patienceFor({ files }: ReadingTask): number {
  const sizes =
    "given" in files ? files.given.map(({ blob }) => blob.size) : files.fetched.map(({ bytes }) => bytes.length);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return PATIENCE.base + (PATIENCE.perMegabyte * bytes) / 1e6;
}

function startReader(): Worker {
  return new Worker(new URL("./model-reader.ts", import.meta.url), { type: "module", name: "model-reader" });
}
