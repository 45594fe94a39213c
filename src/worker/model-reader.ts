/** A model reader's entry: reads and checks model files on a thread of its own, which can be ended whatever a file does to it. */
import { expose, transfer } from "comlink";
import { type GivenFile, type ModelFile, readModelFiles } from "../formats/models/model-files.ts";
import type { BaseModel } from "../network/model.ts";
import type { Network } from "../network/network.ts";
import { contentsOf, makeBaseModel } from "./base-model.ts";
import { modelFiles } from "./model-blobs.ts";
import type { DownloadProgress, IncomingFile } from "./protocol/index.ts";
import { registerTransferHandlers } from "./transfer.ts";

/** What is to be made of the files. */
export interface ReadingTask {
  /** As they were given, or as they were fetched. */
  readonly files: { readonly given: readonly IncomingFile[] } | { readonly fetched: readonly GivenFile[] };
  /** Whether a classifier stays one. */
  readonly keepClassifier: boolean;
  /** Of a base model; its own name by default. */
  readonly name: string | null;
  readonly source: string;
}

export type ReadModel =
  | { readonly kind: "base-model"; readonly base: BaseModel }
  | Extract<ModelFile, { readonly kind: "classifier" }>;

/** What a reader posts while it works. */
export interface ReaderNews {
  readonly reading: DownloadProgress;
}

const reader = {
  async read({ files, keepClassifier, name, source }: ReadingTask): Promise<ReadModel> {
    const given = "given" in files ? await modelFiles(files.given, tell) : files.fetched;
    const model = readModelFiles(given);
    if (keepClassifier && model.kind === "classifier") return transfer(model, buffersOf(model.classifier.network));
    const ownName = model.kind === "classifier" ? model.classifier.name : model.name;
    const base = await makeBaseModel({ ...contentsOf(model), name: name ?? ownName, source });
    return transfer({ kind: "base-model", base }, buffersOf(base.network));
  },
};
export type ModelReader = typeof reader;

function tell(reading: DownloadProgress): void {
  postMessage({ reading } satisfies ReaderNews);
}

/** Weights of one file may share its memory. */
function buffersOf({ nodes }: Network): Transferable[] {
  const weights = nodes.flatMap((node) => Object.values(node.weights));
  return [...new Set(weights.map(({ data }) => data.buffer as ArrayBuffer))];
}

registerTransferHandlers();
expose(reader);
