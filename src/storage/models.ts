/** Base models and classifiers. Each is kept whole or not at all. */
import type { BaseModel, BaseModelCard, Classifier } from "../network/model.ts";
import type { ClassifierSummary } from "../project/classifier.ts";
import type { Database } from "./database.ts";
import { writing } from "./transactions.ts";

/** What is deleted stays until `collectModels`, so that it can be taken back. */
export interface Deletable {
  /** ISO 8601; left out for what is not deleted. */
  readonly deletedAt?: string;
}

export async function listBaseModelCards(database: Database): Promise<BaseModelCard[]> {
  return (await database.getAll("baseModelCards")).filter(isKept);
}

export async function getBaseModel(database: Database, id: string): Promise<BaseModel | null> {
  const [card, network] = await Promise.all([
    database.get("baseModelCards", id),
    database.get("baseModelNetworks", id),
  ]);
  return card && isKept(card) && network ? { card, network } : null;
}

/** @throws StorageError when the storage is full */
export function putBaseModel(database: Database, { card, network }: BaseModel): Promise<void> {
  const transaction = database.transaction(["baseModelCards", "baseModelNetworks"], "readwrite");
  return writing(transaction, function* () {
    yield transaction.objectStore("baseModelCards").put(card, card.id);
    yield transaction.objectStore("baseModelNetworks").put(network, card.id);
  });
}

/** Deletes a base model, or takes that back. @param deletedAt ISO 8601; null takes it back */
export function markBaseModel(database: Database, id: string, deletedAt: string | null): Promise<void> {
  return mark(database, "baseModelCards", id, deletedAt);
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
  return saved.filter(isKept).map((each) => ({ ...each, summary: ofNoRun(each.summary) }));
}

export async function getClassifier(
  database: Database,
  id: string,
): Promise<{ classifier: Classifier; summary: ClassifierSummary } | null> {
  const [kept, classifier] = await Promise.all([
    database.get("classifierSummaries", id),
    database.get("classifiers", id),
  ]);
  return kept && isKept(kept) && classifier ? { classifier, summary: ofNoRun(kept.summary) } : null;
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

/** Deletes a saved classifier, or takes that back. @param deletedAt ISO 8601; null takes it back */
export function markClassifier(database: Database, id: string, deletedAt: string | null): Promise<void> {
  return mark(database, "classifierSummaries", id, deletedAt);
}

/** Forgets a saved classifier. */
export async function deleteClassifier(database: Database, id: string): Promise<void> {
  const transaction = database.transaction(["classifierSummaries", "classifiers"], "readwrite");
  await Promise.all([
    transaction.objectStore("classifierSummaries").delete(id),
    transaction.objectStore("classifiers").delete(id),
    transaction.done,
  ]);
}

/** Forgets what is deleted. Only for when no other tab is open: whoever deleted it there could still want it back. */
export async function collectModels(database: Database): Promise<void> {
  const [cards, saved] = await Promise.all([database.getAll("baseModelCards"), database.getAll("classifierSummaries")]);
  for (const card of cards) if (!isKept(card)) await deleteBaseModel(database, card.id);
  for (const each of saved) if (!isKept(each)) await deleteClassifier(database, each.id);
}

function isKept({ deletedAt }: Deletable): boolean {
  return deletedAt === undefined;
}

async function mark(
  database: Database,
  store: "baseModelCards" | "classifierSummaries",
  id: string,
  deletedAt: string | null,
): Promise<void> {
  const transaction = database.transaction(store, "readwrite");
  const record = await transaction.store.get(id);
  await writing(transaction, function* () {
    if (!record) return;
    const { deletedAt: _, ...kept } = record;
    const marked = deletedAt === null ? kept : { ...kept, deletedAt };
    yield transaction.store.put(marked as typeof record, id);
  });
}

/** A saved classifier outlives its run. Before runs had ids, nothing was said of them. */
function ofNoRun(summary: ClassifierSummary): ClassifierSummary {
  return { ...summary, runId: null };
}
