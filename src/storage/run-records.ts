/** A run's records, and how they are written within a transaction. `runs.ts` is the door. */
import type { ProjectId } from "../project/project.ts";
import type { Run, RunId } from "../project/run.ts";
import type { RunPhotos, RunReport, WholeRun } from "../project/run-photos.ts";
import { type ContentId, type Contents, type KeptClassifier, takeApart } from "./contents.ts";
import { hashBytes } from "./photos.ts";
import type { ProjectTransaction } from "./project-records.ts";

/** The list of photos lies apart: runs on the same photos share it. */
export type KeptRunDetails = (Omit<RunPhotos, "photos"> & { readonly photos: ContentId }) | RunReport;

/** A run as its records are, made before the transaction begins that writes them. */
export interface PackedRun {
  readonly run: Run;
  readonly details: KeptRunDetails | null;
  readonly classifier: KeptClassifier | null;
  readonly contents: Contents;
}

export async function packRun({ run, details, classifier }: WholeRun): Promise<PackedRun> {
  const apart = classifier && (await takeApart(classifier));
  const contents = new Map(apart?.contents);
  let kept: KeptRunDetails | null = null;
  if (details && "photos" in details) {
    const bytes = packIds(details.photos);
    const photos = await hashBytes(bytes);
    contents.set(photos, bytes);
    kept = { ...details, photos };
  } else kept = details;
  return { run, details: kept, classifier: apart?.classifier ?? null, contents };
}

/** Those that are not kept already, for a transaction of the caller's that includes `contents`. */
export async function missingContents(transaction: ProjectTransaction, contents: Contents): Promise<Contents> {
  const store = transaction.objectStore("contents");
  const kept = await Promise.all([...contents.keys()].map((id) => store.getKey(id)));
  return new Map([...contents].filter((_, at) => kept[at] === undefined));
}

/** The writes that keep a run, for a transaction of the caller's that includes `contents`. */
export function* putRun(
  transaction: ProjectTransaction,
  project: ProjectId,
  { run, details, classifier, contents }: PackedRun,
): Iterable<Promise<unknown>> {
  for (const [id, bytes] of contents) yield transaction.objectStore("contents").put(bytes, id);
  yield transaction.objectStore("runs").put(run, [project, run.id]);
  if (details) yield transaction.objectStore("runDetails").put(details, [project, run.id]);
  if (classifier) yield transaction.objectStore("runClassifiers").put(classifier, [project, run.id]);
}

/** The writes that forget a run. */
export function* dropRun(transaction: ProjectTransaction, project: ProjectId, id: RunId): Iterable<Promise<unknown>> {
  for (const store of ["runs", "runDetails", "runClassifiers"] as const) {
    yield transaction.objectStore(store).delete([project, id]);
  }
}

const ID_BYTES = 32;

/** Photo ids as their hashes' bytes, 32 each. */
export function packIds(ids: readonly string[]): ArrayBuffer {
  const bytes = new Uint8Array(ids.length * ID_BYTES);
  for (const [at, id] of ids.entries()) {
    for (let byte = 0; byte < ID_BYTES; byte++) {
      bytes[at * ID_BYTES + byte] = Number.parseInt(id.slice(2 * byte, 2 * byte + 2), 16);
    }
  }
  return bytes.buffer;
}

export function unpackIds(packed: ArrayBuffer): string[] {
  const digits = Array.from(new Uint8Array(packed), (byte) => byte.toString(16).padStart(2, "0"));
  return Array.from({ length: digits.length / ID_BYTES }, (_, at) =>
    digits.slice(at * ID_BYTES, (at + 1) * ID_BYTES).join(""),
  );
}
