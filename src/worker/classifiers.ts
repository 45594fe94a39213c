/** What the classifier in use does, and the saved ones. */
import { decodeFrame } from "../engine/decode.ts";
import type { ModelFile } from "../formats/models/model-files.ts";
import { countParameters } from "../network/cost.ts";
import type { Classifier } from "../network/model.ts";
import type { ClassifierSummary } from "../project/classifier.ts";
import type { Database } from "../storage/database.ts";
import { getClassifier, listClassifiers, markClassifier, putClassifier } from "../storage/models.ts";
import type { ClassifierInUse } from "./classifier-in-use.ts";
import type { Decoders } from "./decoders.ts";
import type { Device } from "./device.ts";
import { faultIn, WorkerError } from "./errors.ts";
import { exportClassifier } from "./exporting.ts";
import type {
  Answer,
  ExportedClassifier,
  ExportRequest,
  FilePrediction,
  IncomingFile,
  SavedClassifier,
} from "./protocol/index.ts";

export interface ClassifierRooms {
  readonly database: () => Promise<Database>;
  readonly device: Device;
  readonly decoders: Decoders;
  readonly inUse: ClassifierInUse;
}

export class Classifiers {
  readonly #rooms: ClassifierRooms;

  constructor(rooms: ClassifierRooms) {
    this.#rooms = rooms;
  }

  async classifyFiles(
    files: readonly IncomingFile[],
    onEvent: (prediction: FilePrediction) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { classifier } = await this.#rooms.inUse.required();
    for (const { path, blob } of files) {
      signal.throwIfAborted();
      onEvent({ path, outcome: await this.#classifyFile(classifier, blob) });
    }
  }

  async classifyFrame(frame: ImageBitmap, mirrored: boolean): Promise<Answer> {
    try {
      const { classifier } = await this.#rooms.inUse.required();
      const pixels = decodeFrame(frame, classifier.preprocessing, mirrored);
      return await this.#answer(classifier, pixels);
    } finally {
      frame.close();
    }
  }

  async warmUp(): Promise<void> {
    const { device, inUse } = this.#rooms;
    if (await inUse.summary()) await device.warmUpClassifier((await inUse.required()).classifier);
  }

  async export({ classNames, ...how }: ExportRequest): Promise<ExportedClassifier> {
    const { classifier } = await this.#rooms.inUse.required();
    return exportClassifier(this.#rooms, { ...classifier, classNames }, how);
  }

  async save(name: string, classNames: readonly string[]): Promise<SavedClassifier> {
    const { classifier, summary } = await this.#rooms.inUse.required();
    const saved = {
      id: crypto.randomUUID(),
      summary: { ...summary, name, classNames, runId: null },
      savedAt: new Date().toISOString(),
      bytes: countParameters(classifier.network) * 4,
    };
    const kept = { ...saved, classifier: { ...classifier, name, classNames } };
    await putClassifier(await this.#rooms.database(), kept);
    return saved;
  }

  /** Newest first. */
  async list(): Promise<SavedClassifier[]> {
    const saved = await listClassifiers(await this.#rooms.database());
    return saved
      .map(({ id, summary, savedAt, bytes }) => ({ id, summary, savedAt, bytes }))
      .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
  }

  async open(id: string): Promise<ClassifierSummary> {
    const saved = await getClassifier(await this.#rooms.database(), id);
    if (!saved) throw new WorkerError({ code: "classifier/gone" });
    return this.#rooms.inUse.use(saved.classifier, saved.summary);
  }

  async delete(id: string): Promise<void> {
    await markClassifier(await this.#rooms.database(), id, new Date().toISOString());
  }

  async restore(id: string): Promise<void> {
    await markClassifier(await this.#rooms.database(), id, null);
  }

  /** Takes a classifier that was read from files into use. */
  async openFile({ classifier }: Extract<ModelFile, { kind: "classifier" }>): Promise<ClassifierSummary> {
    return this.#rooms.inUse.use(classifier);
  }

  async #classifyFile(classifier: Classifier, blob: Blob): Promise<FilePrediction["outcome"]> {
    try {
      const { preprocessing } = classifier;
      const read = await this.#rooms.decoders.run(async (decoder, job) => decoder.readFile(blob, preprocessing, job));
      if (!read.ok) return { fault: read.fault };
      return await this.#answer(classifier, read.value.pixels);
    } catch (error) {
      return { fault: faultIn(error) };
    }
  }

  #answer(classifier: Classifier, pixels: Uint8ClampedArray): Promise<Answer> {
    return this.#rooms.device.withClassifier(classifier, async (live) => {
      const [answer] = await live.classify([pixels]);
      return answer ?? { probabilities: [], isUnknown: false };
    });
  }
}
