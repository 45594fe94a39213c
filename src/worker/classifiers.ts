/** The classifier in use, and the saved ones: classify, export, save, open. */
import { decodeFrame } from "../engine/decode.ts";
import { writeZip } from "../formats/archives/zip.ts";
import type { ModelFile } from "../formats/models/model-files.ts";
import { writeTeachableMachine } from "../formats/models/teachable-machine.ts";
import { writeTfjsClassifier } from "../formats/models/tfjs-classifier.ts";
import { countParameters } from "../network/cost.ts";
import type { Classifier } from "../network/model.ts";
import type { Database } from "../storage/database.ts";
import { deleteClassifier, getClassifier, listClassifiers, putClassifier } from "../storage/models.ts";
import type { ProjectClassifier } from "../storage/project-records.ts";
import type { Decoders } from "./decoders.ts";
import type { Device } from "./device.ts";
import { faultIn, WorkerError } from "./errors.ts";
import type {
  ClassifierSummary,
  ExportedFile,
  ExportFormat,
  FilePrediction,
  IncomingFile,
  SavedClassifier,
} from "./protocol/index.ts";

type InUse = ProjectClassifier<ClassifierSummary>;

export class Classifiers {
  readonly #database: () => Promise<Database>;
  readonly #device: Device;
  readonly #decoders: Decoders;
  readonly #keep: (inUse: InUse) => Promise<void>;
  #inUse: InUse | null = null;

  /** @param keep keeps the classifier in use with the project */
  constructor(
    database: () => Promise<Database>,
    device: Device,
    decoders: Decoders,
    keep: (inUse: InUse) => Promise<void>,
  ) {
    this.#database = database;
    this.#device = device;
    this.#decoders = decoders;
    this.#keep = keep;
  }

  /** Takes up the classifier that a project came with. */
  restore(kept: InUse | null): void {
    this.#inUse = kept;
  }

  /** null when there is none yet. */
  inUse(): InUse | null {
    return this.#inUse;
  }

  /** Makes a classifier the one in use, and keeps it over a reload. */
  async use(classifier: Classifier, summary: ClassifierSummary): Promise<ClassifierSummary> {
    await this.#keep({ classifier, summary });
    this.#inUse = { classifier, summary };
    return summary;
  }

  async classifyFiles(
    files: readonly IncomingFile[],
    onEvent: (prediction: FilePrediction) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { classifier } = this.#required();
    for (const { path, blob } of files) {
      signal.throwIfAborted();
      onEvent({ path, outcome: await this.#classifyFile(classifier, blob) });
    }
  }

  async classifyFrame(frame: ImageBitmap, mirrored: boolean): Promise<readonly number[]> {
    const { classifier } = this.#required();
    try {
      const pixels = decodeFrame(frame, classifier.preprocessing, mirrored);
      return await this.#probabilities(classifier, pixels);
    } finally {
      frame.close();
    }
  }

  async warmUp(): Promise<void> {
    if (this.#inUse) await this.#device.warmUpClassifier(this.#inUse.classifier);
  }

  async export(format: ExportFormat): Promise<ExportedFile> {
    const { classifier } = this.#required();
    const write = { "teachable-machine": writeTeachableMachine, tfjs: writeTfjsClassifier }[format];
    const suffix = { "teachable-machine": "teachable-machine", tfjs: "tfjs" }[format];
    return { fileName: `${fileNameOf(classifier.name)}-${suffix}.zip`, blob: await writeZip(write(classifier)) };
  }

  async save(name: string): Promise<SavedClassifier> {
    const { classifier, summary } = this.#required();
    const saved = {
      id: crypto.randomUUID(),
      summary: { ...summary, name },
      savedAt: new Date().toISOString(),
      bytes: countParameters(classifier.network) * 4,
    };
    await putClassifier(await this.#database(), { ...saved, classifier: { ...classifier, name } });
    return saved;
  }

  /** Newest first. */
  async list(): Promise<SavedClassifier[]> {
    const saved = await listClassifiers<ClassifierSummary>(await this.#database());
    return saved
      .map(({ id, summary, savedAt, bytes }) => ({ id, summary, savedAt, bytes }))
      .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
  }

  async open(id: string): Promise<ClassifierSummary> {
    const saved = await getClassifier<ClassifierSummary>(await this.#database(), id);
    if (!saved) throw new WorkerError({ code: "classifier/gone" });
    return this.use(saved.classifier, saved.summary);
  }

  async delete(id: string): Promise<void> {
    await deleteClassifier(await this.#database(), id);
  }

  /** Takes a classifier that was read from files into use. */
  async openFile({ classifier }: Extract<ModelFile, { kind: "classifier" }>): Promise<ClassifierSummary> {
    return this.use(classifier, summarise(classifier, { baseModelName: null, trainedAt: null }));
  }

  async #classifyFile(classifier: Classifier, blob: Blob): Promise<FilePrediction["outcome"]> {
    try {
      const { preprocessing } = classifier;
      const pixels = await this.#decoders.run(async (decoder, job) => decoder.readFile(blob, preprocessing, job));
      if (!pixels.ok) return { fault: pixels.fault };
      return { probabilities: await this.#probabilities(classifier, pixels.value) };
    } catch (error) {
      return { fault: faultIn(error) };
    }
  }

  #probabilities(classifier: Classifier, pixels: Uint8ClampedArray): Promise<readonly number[]> {
    return this.#device.withClassifier(classifier, async (live) => {
      const [probabilities] = await live.classify([pixels]);
      return probabilities ?? [];
    });
  }

  #required(): InUse {
    if (!this.#inUse) throw new WorkerError({ code: "classifier/none" });
    return this.#inUse;
  }
}

/** What the page needs to know of a classifier. */
export function summarise(
  { name, classNames, preprocessing, network }: Classifier,
  origin: Pick<ClassifierSummary, "baseModelName" | "trainedAt">,
): ClassifierSummary {
  return {
    name,
    classNames,
    inputSize: { height: preprocessing.height, width: preprocessing.width },
    crop: preprocessing.crop,
    parameters: countParameters(network),
    ...origin,
  };
}

/** A name that every file system takes. */
export function fileNameOf(name: string): string {
  const safe = name
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return safe || "headstart";
}
