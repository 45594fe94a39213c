/** Base models and classifiers. Each is kept whole or not at all. */
import type { BaseModel, BaseModelCard, Classifier } from "../network/model.ts";
import type { ClassifierSummary } from "../project/classifier.ts";
import type { Database } from "./database.ts";
import { writing } from "./transactions.ts";

/** A card as it is kept. */
export interface KeptCard extends BaseModelCard {
  /** When it was deleted: it can be restored until garbage is collected. ISO 8601 */
  readonly deletedAt?: string;
}

/** Without those that are deleted. */
export async function listBaseModelCards(database: Database): Promise<BaseModelCard[]> {
  return (await database.getAll("baseModelCards")).filter(({ deletedAt }) => !deletedAt);
}

export async function getBaseModel(database: Database, id: string): Promise<BaseModel | null> {
  const [card, network] = await Promise.all([
    database.get("baseModelCards", id),
    database.get("baseModelNetworks", id),
  ]);
  return card && network && !card.deletedAt ? { card, network } : null;
}

/** @throws StorageError when the storage is full */
export function putBaseModel(database: Database, { card, network }: BaseModel): Promise<void> {
  const transaction = database.transaction(["baseModelCards", "baseModelNetworks"], "readwrite");
  return writing(transaction, function* () {
    yield transaction.objectStore("baseModelCards").put(card, card.id);
    yield transaction.objectStore("baseModelNetworks").put(network, card.id);
  });
}

/**
 * Deletes a base model so that it can be restored, or restores it; one that is not there stays away.
 * @param deletedAt ISO 8601; null restores it
 */
export async function markBaseModel(database: Database, id: string, deletedAt: string | null): Promise<void> {
  const transaction = database.transaction("baseModelCards", "readwrite");
  const { deletedAt: _, ...card } = (await transaction.store.get(id)) ?? {};
  if ("id" in card) await transaction.store.put(deletedAt ? { ...card, deletedAt } : card, id);
  await transaction.done;
}

/** Forgets for good the base models that were deleted. */
export async function collectBaseModels(database: Database): Promise<void> {
  const cards = await database.getAll("baseModelCards");
  for (const { id, deletedAt } of cards) if (deletedAt) await deleteBaseModel(database, id);
}

/** Forgets a base model and the embeddings it made. */
export async function deleteBaseModel(database: Database, id: string): Promise<void> {
  const transaction = database.transaction(
    ["baseModelCards", "baseModelNetworks", "embeddingBlocks", "embeddingBlockPhotos"],
    "readwrite",
  );
  // Arrays sort after every string and number, so this is the range of all keys that begin with the id; embeddings made
  // from photos of another size are under “id@size”.
  const ranges = [IDBKeyRange.bound([id], [id, []]), IDBKeyRange.bound([`${id}@`], [`${id}@~`, []])];
  await Promise.all([
    transaction.objectStore("baseModelCards").delete(id),
    transaction.objectStore("baseModelNetworks").delete(id),
    ...ranges.map((range) => transaction.objectStore("embeddingBlocks").delete(range)),
    ...ranges.map((range) => transaction.objectStore("embeddingBlockPhotos").delete(range)),
    transaction.done,
  ]);
}

/** A saved classifier without its weights. */
export interface SavedClassifier {
  readonly id: string;
  readonly summary: ClassifierSummary;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly bytes: number;
}

export async function listClassifiers(database: Database): Promise<SavedClassifier[]> {
  const saved = await database.getAll("classifierSummaries");
  return saved.map((each) => ({ ...each, summary: ofNoRun(each.summary) }));
}

export async function getClassifier(
  database: Database,
  id: string,
): Promise<{ classifier: Classifier; summary: ClassifierSummary } | null> {
  const [kept, classifier] = await Promise.all([
    database.get("classifierSummaries", id),
    database.get("classifiers", id),
  ]);
  return kept && classifier ? { classifier, summary: ofNoRun(kept.summary) } : null;
}

/** @throws StorageError when the storage is full */
export function putClassifier(
  database: Database,
  { classifier, ...kept }: SavedClassifier & { readonly classifier: Classifier },
): Promise<void> {
  const transaction = database.transaction(["classifierSummaries", "classifiers"], "readwrite");
  return writing(transaction, function* () {
    yield transaction.objectStore("classifierSummaries").put(kept, kept.id);
    yield transaction.objectStore("classifiers").put(classifier, kept.id);
  });
}

export async function deleteClassifier(database: Database, id: string): Promise<void> {
  const transaction = database.transaction(["classifierSummaries", "classifiers"], "readwrite");
  await Promise.all([
    transaction.objectStore("classifierSummaries").delete(id),
    transaction.objectStore("classifiers").delete(id),
    transaction.done,
  ]);
}

/** A saved classifier outlives its run. Before runs had ids, nothing was said of them. */
function ofNoRun(summary: ClassifierSummary): ClassifierSummary {
  return { ...summary, runId: null };
}
