/** The classifier in use in each project. */
import type { ProjectId } from "../project/project.ts";
import type { Database } from "./database.ts";
import { checkRevision, type InUse, PROJECT_STORES } from "./project-records.ts";
import { STRICT, writing } from "./transactions.ts";

export async function getInUse(database: Database, project: ProjectId): Promise<InUse | null> {
  return (await database.get("projectClassifiers", project)) ?? null;
}

/** @throws StorageError when another tab has opened the project since, or the storage is full */
export async function putInUse(database: Database, project: ProjectId, revision: number, inUse: InUse): Promise<void> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", STRICT);
  await checkRevision(transaction, project, revision);
  await writing(transaction, () => [transaction.objectStore("projectClassifiers").put(inUse, project)]);
}
