/** Forgets deleted runs, and the large arrays that nothing names any more. */
import type { ProjectId } from "../project/project.ts";
import { contentsOf } from "./contents.ts";
import type { Database } from "./database.ts";
import { PROJECT_STORES } from "./project-records.ts";
import { dropRun } from "./run-records.ts";
import { STRICT, writing } from "./transactions.ts";

/** Only for when no other tab is open: whoever deleted a run there could still want it back. */
export async function collectRuns(database: Database): Promise<void> {
  const transaction = database.transaction([...PROJECT_STORES, "contents"], "readwrite", STRICT);
  const deleted = new Set<string>();
  const doomed: { readonly project: ProjectId; readonly run: string }[] = [];
  for (let cursor = await transaction.objectStore("runs").openCursor(); cursor; ) {
    const [project, run] = cursor.key;
    if (cursor.value.deletedAt !== null) {
      doomed.push({ project, run });
      deleted.add(`${project} ${run}`);
    }
    cursor = await cursor.continue();
  }
  const named = new Set<string>();
  for (const store of ["runDetails", "runClassifiers"] as const) {
    for (let cursor = await transaction.objectStore(store).openCursor(); cursor; ) {
      const [project, run] = cursor.key;
      if (!deleted.has(`${project} ${run}`)) {
        const { value } = cursor;
        if ("network" in value) for (const id of contentsOf(value)) named.add(id);
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
