/** The classifier in use in each project. */
import type { Database } from "./database.ts";
import { abort, ProjectTakenError, writing } from "./errors.ts";
import { PROJECT_STORES, type ProjectClassifier, type ProjectId } from "./project-records.ts";

export async function getProjectClassifier<Summary>(
  database: Database,
  id: ProjectId,
): Promise<ProjectClassifier<Summary> | null> {
  const kept = await database.get("projectClassifiers", id);
  return kept ? (kept as ProjectClassifier<Summary>) : null;
}

/**
 * Keeps a classifier as the one in use.
 * @throws ProjectTakenError when the project is at another revision, or gone
 * @throws StorageError when the storage is full
 */
export async function putProjectClassifier<Summary>(
  database: Database,
  id: ProjectId,
  revision: number,
  classifier: ProjectClassifier<Summary>,
): Promise<void> {
  const transaction = database.transaction(PROJECT_STORES, "readwrite", { durability: "strict" });
  const record = await transaction.objectStore("projectStates").get(id);
  if (record?.revision !== revision) {
    await abort(transaction);
    throw new ProjectTakenError("This project was opened in another tab. Nothing was written here.");
  }
  await writing(transaction, () => [transaction.objectStore("projectClassifiers").put(classifier, id)]);
}
