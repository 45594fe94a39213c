/** The project's state: labels, settings, the last run. Photos are kept apart. */
import type { Database } from "./database.ts";
import { writing } from "./errors.ts";

/** null when nothing was kept yet. */
export async function loadProject<Project>(database: Database): Promise<Project | null> {
  return ((await database.get("project", "current")) as Project | undefined) ?? null;
}

/** @throws StorageError when the storage is full */
export async function saveProject<Project>(database: Database, project: Project): Promise<void> {
  await writing(database.transaction("project", "readwrite"), function* ({ store }) {
    yield store.put(project, "current");
  });
}

/** Forgets the project, its photos and embeddings. Base models and saved classifiers stay. */
export async function clearProject(database: Database): Promise<void> {
  const stores = ["project", "photos", "thumbnails", "embeddings"] as const;
  const transaction = database.transaction(stores, "readwrite");
  await Promise.all([...stores.map((store) => transaction.objectStore(store).clear()), transaction.done]);
}
