/** Forgets deleted runs whose classifier is not in use, and the large arrays that nothing names any more. */
import type { ProjectId } from "../project/project.ts";
import type { RunId } from "../project/run.ts";
import { contentsOf } from "./contents.ts";
import type { Database } from "./database.ts";
import { PROJECT_STORES, type ProjectTransaction } from "./project-records.ts";
import { dropRun } from "./run-records.ts";
import { STRICT, writing } from "./transactions.ts";

/** Only for when no other tab is open: whoever deleted a run there could still want it back. */
export async function collectRuns(database: Database): Promise<void> {
  const transaction: ProjectTransaction = database.transaction([...PROJECT_STORES, "contents"], "readwrite", STRICT);
  const inUse = await runsInUse(transaction);
  const deleted = new Set<string>();
  const doomed: { readonly project: ProjectId; readonly run: RunId }[] = [];
  for (let cursor = await transaction.objectStore("runs").openCursor(); cursor; ) {
    const [project, run] = cursor.key;
    if (cursor.value.deletedAt !== null && !inUse.has(nameOf(project, run))) {
      doomed.push({ project, run });
      deleted.add(nameOf(project, run));
    }
    cursor = await cursor.continue();
  }
  const named = new Set<string>();
  for (const store of ["runDetails", "runClassifiers"] as const) {
    for (let cursor = await transaction.objectStore(store).openCursor(); cursor; ) {
      const [project, run] = cursor.key;
      if (!deleted.has(nameOf(project, run))) {
        const { value } = cursor;
        if ("network" in value) for (const id of contentsOf(value).keys()) named.add(id);
        else if ("photos" in value) named.add(value.photos);
      }
      cursor = await cursor.continue();
    }
  }
  const kept = await transaction.objectStore("contents").getAllKeys();
  await writing(transaction, function* () {
    for (const { project, run } of doomed) yield* dropRun(transaction, project, run);
    for (const id of kept) if (!named.has(id)) yield transaction.objectStore("contents").delete(id);
  });
}

/** A run that is deleted while its classifier is in use stays as long as that is. */
async function runsInUse(transaction: ProjectTransaction): Promise<ReadonlySet<string>> {
  const store = transaction.objectStore("projectClassifiers");
  const names = new Set<string>();
  for (let cursor = await store.openCursor(); cursor; ) {
    if ("run" in cursor.value) names.add(nameOf(cursor.key, cursor.value.run));
    cursor = await cursor.continue();
  }
  return names;
}

function nameOf(project: ProjectId, run: RunId): string {
  return JSON.stringify([project, run]);
}
