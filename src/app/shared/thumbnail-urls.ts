/**
 * Addresses of thumbnails for <img>. What is on the page is held; of what has left it, the last few stay for a moment's
 * scrolling back, the others are let go.
 */
import type { PhotoId } from "../../dataset/dataset.ts";
import { deviceFacts, memoryBudget } from "../../worker/protocol/memory-budget.ts";
import { headstart } from "../store/store.ts";

/** Addresses kept beyond those in use: a few screens full. */
const SPARE = memoryBudget(deviceFacts()).spareThumbnails;
/** An <img> reads its picture within this time. */
const READ_WITHIN_MS = 2000;
/** Thumbnails asked for at once: about one screen. */
const BATCH = 60;

interface Entry {
  /** null until it is read. */
  url: string | null;
  readonly listeners: Set<(url: string) => void>;
}

const entries = new Map<PhotoId, Entry>();
/** Photos that nothing shows, the one longest unseen first. */
const unseen = new Set<PhotoId>();
const wanted: PhotoId[] = [];
let reading = false;

/**
 * Holds a photo's thumbnail and tells its address as soon as there is one; nothing is told of a photo that is not kept.
 *
 * @returns what lets it go; after it, nothing is told
 */
export function holdThumbnail(photo: PhotoId, tell: (url: string) => void): () => void {
  const entry = entries.get(photo) ?? { url: null, listeners: new Set() };
  entries.set(photo, entry);
  entry.listeners.add(tell);
  unseen.delete(photo);
  if (entry.url) tell(entry.url);
  else ask(photo);
  return () => {
    entry.listeners.delete(tell);
    if (entry.listeners.size) return;
    if (entry.url) keepForAMoment(photo);
    else entries.delete(photo);
  };
}

/** The address, if it is there already. */
export function thumbnailAtHand(photo: PhotoId): string | null {
  return entries.get(photo)?.url ?? null;
}

function ask(photo: PhotoId): void {
  wanted.push(photo);
  if (reading) return;
  reading = true;
  // What comes into view together is asked for together.
  queueMicrotask(() => void read());
}

async function read(): Promise<void> {
  while (wanted.length) {
    // The latest first: what was asked for before may have been scrolled away.
    const batch = [...new Set(wanted.splice(-BATCH))].filter((photo) => entries.get(photo)?.url === null);
    if (batch.length === 0) continue;
    const blobs = await headstart.thumbnails(batch).catch(() => []);
    batch.forEach((photo, at) => {
      const blob = blobs[at];
      const entry = entries.get(photo);
      if (!blob || !entry || entry.url) return;
      entry.url = URL.createObjectURL(blob);
      for (const tell of entry.listeners) tell(entry.url);
    });
  }
  reading = false;
}

function keepForAMoment(photo: PhotoId): void {
  unseen.add(photo);
  for (const oldest of unseen) {
    if (unseen.size <= SPARE) return;
    unseen.delete(oldest);
    const url = entries.get(oldest)?.url;
    // An <img> that has just gone may still be reading it.
    if (url) setTimeout(() => URL.revokeObjectURL(url), READ_WITHIN_MS);
    entries.delete(oldest);
  }
}
