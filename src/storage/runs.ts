/** Runs: each kept whole with its classifier, or not at all. */
import type { Classifier } from "../network/model.ts";
import type { ProjectId } from "../project/project.ts";
import { type Run, type RunChange, type RunId, runsToForget, type WeightSizes } from "../project/run.ts";
import type { RunDetails, WholeRun } from "../project/run-photos.ts";
import { contentsOf, type KeptClassifier, putTogether } from "./contents.ts";
import type { Database } from "./database.ts";
import { StorageError } from "./errors.ts";
import { checkRevision, PROJECT_STORES, type ProjectTransaction, rangeOf } from "./project-records.ts";
import { dropRun, missingContents, type PackedRun, packRun, putRun, unpackIds } from "./run-records.ts";
import { abort, STRICT, writing } from "./transactions.ts";

/** The newest first, deleted ones too. */
export async function listRuns(database: Database, project: ProjectId): Promise<Run[]> {
  const runs = await database.getAll("runs", rangeOf(project));
  return runs.sort((a, b) => b.finishedAt.localeCompare(a.finishedAt));
}

/**
 * Keeps a new run and makes its classifier the one in use, in one transaction; the oldest unpinned runs make room for it.
 *
 * @param revision at which the project is open
 * @returns the runs that were forgotten
 * @throws StorageError when another tab has opened the project since, or the storage is full
 */
export async function keepRun(
  database: Database,
  project: ProjectId,
  revision: number,
  whole: WholeRun,
): Promise<readonly Run[]> {
  const packed = await packRun(whole);
  const transaction = database.transaction([...PROJECT_STORES, "contents"], "readwrite", STRICT);
  await checkRevision(transaction, project, revision);
  const runs = await transaction.objectStore("runs").getAll(rangeOf(project));
  // It may be there: kept by a worker that died before it could say so.
  const others = runs.filter(({ id }) => id !== whole.run.id);
  const forgotten = runsToForget([...others, whole.run], await weightsOfRuns(transaction, project, packed));
  const contents = await missingContents(transaction, packed.contents);
  await writing(transaction, function* () {
    yield* putRun(transaction, project, { ...packed, contents });
    if (packed.classifier) yield transaction.objectStore("projectClassifiers").put({ run: whole.run.id }, project);
    for (const { id } of forgotten) yield* dropRun(transaction, project, id);
  });
  return forgotten;
}

/** The large weights of a project's runs and of the one that is about to be kept. */
async function weightsOfRuns(
  transaction: ProjectTransaction,
  project: ProjectId,
  { run, classifier }: PackedRun,
): Promise<ReadonlyMap<RunId, WeightSizes>> {
  const store = transaction.objectStore("runClassifiers");
  const [keys, kept] = await Promise.all([store.getAllKeys(rangeOf(project)), store.getAll(rangeOf(project))]);
  const weights = new Map(keys.map(([, id], at) => [id, sizesIn(kept[at])]));
  return weights.set(run.id, sizesIn(classifier));
}

function sizesIn(classifier: KeptClassifier | null | undefined): WeightSizes {
  return classifier ? contentsOf(classifier) : new Map();
}

/**
 * Pins, writes about, deletes (`deletedAt`) or restores a run.
 * @throws StorageError when it is gone, or another tab has opened the project since
 */
export async function changeRun(
  database: Database,
  project: ProjectId,
  revision: number,
  id: RunId,
  change: RunChange,
): Promise<Run> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  await checkRevision(transaction, project, revision);
  const run = await transaction.objectStore("runs").get([project, id]);
  if (!run) {
    await abort(transaction);
    throw new StorageError({ code: "run/gone" });
  }
  const changed = { ...run, ...change };
  await writing(transaction, () => [transaction.objectStore("runs").put(changed, [project, id])]);
  return changed;
}

/** @throws StorageError when it is gone */
export async function getRun(database: Database, project: ProjectId, id: RunId): Promise<Run> {
  const run = await database.get("runs", [project, id]);
  if (!run) throw new StorageError({ code: "run/gone" });
  return run;
}

/** What is kept of a run's photos; null where nothing is. */
export async function getRunDetails(database: Database, project: ProjectId, id: RunId): Promise<RunDetails | null> {
  const kept = await database.get("runDetails", [project, id]);
  if (!kept || "report" in kept) return kept ?? null;
  const packed = await database.get("contents", kept.photos);
  return packed ? { ...kept, photos: unpackIds(packed) } : null;
}

/** A run's classifier; null when it is not kept. */
export async function getRunClassifier(database: Database, project: ProjectId, id: RunId): Promise<Classifier | null> {
  const kept = await database.get("runClassifiers", [project, id]);
  return kept ? putTogether(database, kept) : null;
}

/** A run with everything that is kept of it. */
export async function getWholeRun(database: Database, project: ProjectId, run: Run): Promise<WholeRun> {
  const [details, classifier] = await Promise.all([
    getRunDetails(database, project, run.id),
    getRunClassifier(database, project, run.id),
  ]);
  return { run, details, classifier };
}
