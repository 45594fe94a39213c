/** Classifies many photos at once, and remembers where they are, so that the page can ask for one of them again. */

import { UNSORTED_NAME } from "../dataset/dataset.ts";
import { tidyPath } from "../dataset/names.ts";
import type { Answer } from "../engine/classify.ts";
import { checkPhotoSize } from "../formats/images/header.ts";
import type { Preprocessing } from "../network/model.ts";
import type { ClassifierInUse } from "./classifier-in-use.ts";
import type { Decoders } from "./decoders.ts";
import type { Device } from "./device.ts";
import { reasonOf, WorkerError } from "./errors.ts";
import { type Candidate, candidatesIn } from "./incoming.ts";
import { createLedger } from "./ledger.ts";
import { forEachAtOnce } from "./pool.ts";
import type { BatchProgress, ClassifiedPhoto, ScoredClass } from "./protocol/batch.ts";
import type { IncomingFile, ReadingChoice } from "./protocol/index.ts";
import type { Unpacker } from "./unpacking.ts";

/** Classes told of each photo. */
const BATCH_TOP = 5;
/** Photos under way in each decoder; more only holds more of them in memory. */
const AT_ONCE = 2;

interface Rooms {
  readonly device: Device;
  readonly decoders: Decoders;
  readonly inUse: ClassifierInUse;
}

interface BatchRequest {
  readonly batch: string;
  readonly files: readonly IncomingFile[];
  readonly choice: ReadingChoice;
  readonly unpacker: Unpacker;
  onEvent(progress: BatchProgress): void;
  readonly signal: AbortSignal;
}

export class Batches {
  readonly #rooms: Rooms;
  #latest: { readonly batch: string; readonly reads: Map<number, () => Promise<Blob>> } | null = null;

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** See `BatchDoor.classifyBatch`. */
  async classify({ batch, files, choice, unpacker, onEvent, signal }: BatchRequest): Promise<number> {
    const { inUse, decoders } = this.#rooms;
    const { classifier } = await inUse.required();
    const reads = new Map<number, () => Promise<Blob>>();
    this.#latest = { batch, reads };
    const ledger = createLedger<ClassifiedPhoto>(onEvent);
    let [ignored, lastId] = [0, 0];
    await forEachAtOnce(
      candidatesIn(files, { expect: ledger.expect }, choice, unpacker),
      AT_ONCE * decoders.count,
      async (candidate) => {
        const { placement } = candidate;
        if (placement.kind === "ignored") {
          ignored += 1;
          return ledger.done();
        }
        lastId += 1;
        const id = lastId;
        const { fileName, className } = placement;
        const outcome = await this.#outcome(candidate, classifier.preprocessing, (pixels) =>
          this.#rooms.device.withClassifier(classifier, async (live) => (await live.classify([pixels]))[0]),
        );
        if (!("fault" in outcome)) reads.set(id, candidate.read);
        const named = className === UNSORTED_NAME ? null : className;
        ledger.done({ id, path: tidyPath(candidate.path), fileName, className: named, outcome });
      },
      signal,
    ).finally(() => ledger.tell());
    return ignored;
  }

  /** See `BatchDoor.batchPhoto`. */
  async photo(batch: string, id: number): Promise<Blob> {
    const read = this.#latest?.batch === batch ? this.#latest.reads.get(id) : undefined;
    if (!read) throw new WorkerError({ code: "file/unreadable" });
    return read();
  }

  async #outcome(
    { problem, size, read }: Candidate,
    preprocessing: Preprocessing,
    classify: (pixels: Uint8ClampedArray) => Promise<Answer | undefined>,
  ): Promise<ClassifiedPhoto["outcome"]> {
    if (problem !== null) return { fault: problem };
    let blob: Blob;
    try {
      checkPhotoSize(size);
      blob = await read();
    } catch (error) {
      return { fault: reasonOf(error) };
    }
    const decoded = await this.#rooms.decoders.run(async (decoder, job) => decoder.readFile(blob, preprocessing, job));
    if (!decoded.ok) return { fault: decoded.fault };
    const { photo, pixels } = decoded.value;
    const { probabilities = [], isUnknown = false } = (await classify(pixels)) ?? {};
    return { photo, best: bestOf(probabilities), isUnknown };
  }
}

function bestOf(probabilities: readonly number[]): ScoredClass[] {
  return probabilities
    .map((probability, place) => ({ place, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, BATCH_TOP);
}
