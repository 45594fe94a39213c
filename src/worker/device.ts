/** Owns what lives on the compute device: the backend, and the networks in use there. */
import { type BackendName, type EngineStatus, startBackend } from "../engine/backend.ts";
import { LiveClassifier } from "../engine/classify.ts";
import { Embedder } from "../engine/embed.ts";
import type { EngineError } from "../engine/errors.ts";
import { Explainer } from "../engine/explain.ts";
import type { BaseModel, Classifier, Preprocessing } from "../network/model.ts";
import { poolFeatures } from "../network/pooling.ts";
import type { Pooling } from "../training/settings.ts";
import { Lane } from "./lane.ts";

export class Device {
  readonly #photosPerBatch: number;
  #status: Promise<EngineStatus> | null = null;
  /** Preparing and training, one at a time. */
  readonly #longWork = new Lane();
  /** Single predictions; they may slip in between the steps of long work. */
  readonly #shortWork = new Lane();
  #embedder: { readonly baseId: string; readonly pooling: Pooling; readonly embedder: Embedder } | null = null;
  #explainer: { readonly classifier: Classifier; readonly explainer: Explainer } | null = null;
  #live: { readonly classifier: Classifier; readonly live: LiveClassifier } | null = null;

  /** @param photosPerBatch that go through a base model at once, at most */
  constructor(photosPerBatch: number) {
    this.#photosPerBatch = photosPerBatch;
  }

  /** Starts the backend at the first call. */
  status(): Promise<EngineStatus> {
    const status = this.#status ?? startBackend("auto", endThisWorker);
    this.#status = status;
    // A failed start is told to the caller, and tried again by the next.
    status.catch(() => {
      this.#status = null;
    });
    return status;
  }

  /** Waits for the work under way. When the backend does not start, the one in use stays and the call rejects. */
  choose(backend: BackendName | "auto"): Promise<EngineStatus> {
    return this.#longWork.run(() =>
      this.#shortWork.run(async () => {
        this.#release();
        const status = await startBackend(backend, endThisWorker);
        this.#status = Promise.resolve(status);
        return status;
      }),
    );
  }

  /** Runs long work alone, after what was asked before, with the base model on the device. */
  withEmbedder<T>(base: BaseModel, pooling: Pooling, work: (embedder: Embedder) => Promise<T>): Promise<T> {
    return this.#longWork.run(async () => {
      await this.status();
      return work(this.#embedderOf(base, pooling));
    });
  }

  /**
   * Runs short work with the base model on the device: between the steps of long work with the same one, or after long work
   * with another. It is to ask the network once: after that, another may be there.
   */
  async betweenSteps<T>(base: BaseModel, pooling: Pooling, work: (embedder: Embedder) => Promise<T>): Promise<T> {
    await this.status();
    for (;;) {
      const done = await this.#shortWork.run(async () =>
        this.#holds(base, pooling) ? { result: await work(this.#embedderOf(base, pooling)) } : null,
      );
      if (done) return done.result;
      await this.withEmbedder(base, pooling, async () => undefined);
    }
  }

  /** Runs a prediction with the classifier on the device. */
  withClassifier<T>(classifier: Classifier, work: (live: LiveClassifier) => Promise<T>): Promise<T> {
    return this.#shortWork.run(async () => {
      await this.status();
      return work(this.#liveOf(classifier));
    });
  }

  /** The same with what says why. @throws NetworkError where the classifier has no feature map */
  withExplainer<T>(classifier: Classifier, work: (explainer: Explainer) => Promise<T>): Promise<T> {
    return this.#shortWork.run(async () => {
      await this.status();
      if (this.#explainer?.classifier !== classifier) {
        this.#explainer?.explainer.dispose();
        this.#explainer = null;
        this.#explainer = { classifier, explainer: new Explainer(classifier) };
      }
      return work(this.#explainer.explainer);
    });
  }

  /** Kept on the device until another base model is asked for. */
  #embedderOf({ card, network }: BaseModel, pooling: Pooling): Embedder {
    if (this.#embedder && this.#holds({ card }, pooling)) return this.#embedder.embedder;
    this.#embedder?.embedder.dispose();
    const embedder = new Embedder({ card, network: poolFeatures(network, pooling) }, this.#photosPerBatch);
    this.#embedder = { baseId: card.id, pooling, embedder };
    return embedder;
  }

  #holds({ card }: Pick<BaseModel, "card">, pooling: Pooling): boolean {
    return this.#embedder?.baseId === card.id && this.#embedder.pooling === pooling;
  }

  /** Kept on the device until another classifier is asked for. */
  #liveOf(classifier: Classifier): LiveClassifier {
    if (this.#live?.classifier !== classifier) {
      this.#live?.live.dispose();
      this.#live = { classifier, live: new LiveClassifier(classifier) };
    }
    return this.#live.live;
  }

  /** Does the first, slow run of a network before somebody waits for it: shaders are compiled, memory is taken. */
  async warmUpEmbedder(base: BaseModel, pooling: Pooling): Promise<void> {
    const { backend, choices } = await this.status();
    // On a GPU imitated in software the first run is no slower than any other, and may take minutes.
    if (choices.some((choice) => choice.backend === backend && choice.note.kind === "software-gpu")) return;
    await this.withEmbedder(base, pooling, (embedder) =>
      // Shaders are compiled for a batch's shape; WebAssembly has nothing to compile.
      embedder.embed(blank(base.card.preprocessing, backend === "wasm" ? 1 : embedder.batchSize)),
    );
  }

  async warmUpClassifier(classifier: Classifier): Promise<void> {
    await this.withClassifier(classifier, (live) => live.classify(blank(classifier.preprocessing, 1)));
  }

  #release(): void {
    this.#embedder?.embedder.dispose();
    this.#embedder = null;
    this.#live?.live.dispose();
    this.#live = null;
    this.#explainer?.explainer.dispose();
    this.#explainer = null;
  }
}

function blank({ height, width }: Preprocessing, photos: number): Uint8ClampedArray[] {
  return Array.from({ length: photos }, () => new Uint8ClampedArray(height * width * 4));
}

/** An uncaught error ends the worker; the page's client tells every caller that waits, and starts a new one at the next call. */
function endThisWorker(error: EngineError): void {
  setTimeout(() => {
    throw error;
  });
}
