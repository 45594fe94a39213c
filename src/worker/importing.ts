/** Takes photos in: reads folders and zips, checks each file, keeps its bytes and a thumbnail. */
import { UNTOUCHED } from "../dataset/dataset.ts";
import { tidyPath } from "../dataset/names.ts";
import { checkPhotoSize } from "../formats/images/header.ts";
import type { Converted } from "./converting.ts";
import type { Decoders } from "./decoders.ts";
import { reasonOf } from "./errors.ts";
import type { PixelTaker } from "./held-pixels.ts";
import { candidatesIn } from "./incoming.ts";
import { createLedger } from "./ledger.ts";
import type { KeptWithPixels, PhotoResult } from "./photo-work.ts";
import { forEachAtOnce } from "./pool.ts";
import type { WorkerFault } from "./protocol/faults.ts";
import type {
  ImportedPhoto,
  ImportProgress,
  ImportResult,
  IncomingFile,
  ReadingChoice,
  SkippedFile,
  UnderstoodTree,
} from "./protocol/index.ts";
import { summaryOf } from "./questions.ts";
import { type Unpacker, unpackerFor } from "./unpacking.ts";

/** Photos under way in each decoder; more only holds more of them in memory. */
const AT_ONCE = 3;
/** As many as ImageNet has. With many more, the folders are hardly classes, and nobody can read the page. */
const MAX_CLASSES = 1000;

interface Importing {
  /** Takes the photos' pixels for the base model. */
  readonly taker?: PixelTaker | null;
  readonly choice?: ReadingChoice | undefined;
  /** Unpacks the files. */
  readonly unpacker?: Unpacker;
}

/**
 * Imports photos, folders' files and zips. A file that cannot be taken is named in the result and nothing else is lost.
 * Aborting keeps what was told so far.
 *
 * @param taker gets the photos' pixels while it has room; null for none
 */
export async function importFiles(
  decoders: Decoders,
  files: readonly IncomingFile[],
  onEvent: (progress: ImportProgress) => void,
  signal: AbortSignal,
  { taker = null, choice = {}, unpacker = unpackerFor(files, signal) }: Importing = {},
): Promise<ImportResult> {
  const understood: UnderstoodTree[] = [];
  const skipped: SkippedFile[] = [];
  const classNames = new Set<string>();
  const ledger = createOrderedLedger(onEvent);
  const tally: Partial<Record<Converted, number>> = {};
  let ignored = 0;
  let places = 0;
  await forEachAtOnce(
    candidatesIn(
      files,
      { expect: ledger.expect, understood: (reading) => understood.push(summaryOf(reading)) },
      choice,
      unpacker,
    ),
    AT_ONCE * decoders.count,
    async ({ path, placement, size, problem, read }) => {
      const place = places++;
      if (placement.kind === "ignored") {
        ignored += 1;
        ledger.done(place, null);
        return;
      }
      const skip = (fault: WorkerFault) => {
        skipped.push({ path: tidyPath(path), fault });
        ledger.done(place, null);
      };
      if (problem !== null) return skip(problem);
      const { fileName, fixedSplit, excluded, className } = placement;
      if (className !== null && !classNames.has(className)) {
        if (classNames.size === MAX_CLASSES) return skip({ code: "file/too-many-folders", most: MAX_CLASSES });
        classNames.add(className);
      }
      let blob: Blob;
      try {
        checkPhotoSize(size);
        blob = await read();
      } catch (error) {
        return skip(reasonOf(error));
      }
      const result = await keepIn(decoders, blob, taker);
      if (!result.ok) return skip(result.fault);
      const { kept, converted } = result.value;
      if (converted) tally[converted.from] = (tally[converted.from] ?? 0) + 1;
      const name = converted ? fileName.replace(/(\.[^.]*)?$/, `.${converted.ending}`) : fileName;
      ledger.done(place, { sample: { ...UNTOUCHED, ...kept, fileName: name, fixedSplit, excluded }, className });
    },
    signal,
  ).finally(() => ledger.tell());
  return { stored: ledger.stored(), skipped, ignored, converted: tally, understood };
}

/** Keeps one photo, and hands its pixels over where there is room. */
export async function keepIn(
  decoders: Pick<Decoders, "run">,
  blob: Blob,
  taker: PixelTaker | null,
): Promise<PhotoResult<Omit<KeptWithPixels, "pixels">>> {
  const pixelsFor = taker?.hasRoom() ? taker.preprocessing : null;
  const result = await decoders.run(async (decoder, job) => decoder.keep(blob, pixelsFor, job));
  if (!result.ok) return result;
  const { kept, converted, pixels } = result.value;
  if (pixels) taker?.put(kept.photo, pixels);
  return { ok: true, value: { kept, converted } };
}

/** As `createLedger`, in the files' order, whichever was ready first. */
function createOrderedLedger(onEvent: (progress: ImportProgress) => void) {
  const ready = new Map<number, ImportedPhoto | null>();
  const ledger = createLedger<ImportedPhoto>(onEvent);
  let next = 0;
  let stored = 0;
  return {
    ...ledger,
    stored: () => stored,
    done(place: number, photo: ImportedPhoto | null) {
      if (photo) stored += 1;
      ready.set(place, photo);
      const photos: ImportedPhoto[] = [];
      for (let first = ready.get(next); first !== undefined; first = ready.get(next)) {
        if (first) photos.push(first);
        ready.delete(next++);
      }
      ledger.done(...photos);
    },
  };
}
