/** Takes photos in: reads folders and zips, checks each file, keeps its bytes and a thumbnail. */
import { UNTOUCHED } from "../dataset/dataset.ts";
import { type Placement, placeFile } from "../dataset/intake.ts";
import { FormatError } from "../formats/errors.ts";
import { isProjectManifest } from "../formats/project-manifest.ts";
import { type ProjectSample, teachableMachineSamples } from "../formats/teachable-machine-project.ts";
import { readZip } from "../formats/zip.ts";
import { manifestIn } from "../formats/zip-manifest.ts";
import type { Decoders } from "./decoders.ts";
import { forEachAtOnce } from "./pool.ts";
import type { ImportedPhoto, ImportProgress, ImportResult, IncomingFile, SkippedFile } from "./protocol.ts";

/** Photos under way in each decoder; more only holds more of them in memory. */
const AT_ONCE = 3;
/** The page is told at most this often, so that it redraws calmly. */
const TELL_EVERY_MS = 150;

/**
 * Imports photos, folders' files and zips. A file that cannot be taken is named in the result and nothing else is lost.
 * Aborting keeps what was told so far.
 */
export async function importFiles(
  decoders: Decoders,
  files: readonly IncomingFile[],
  onEvent: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportResult> {
  const skipped: SkippedFile[] = [];
  const ledger = createLedger(onEvent);
  ledger.expect(files.length);

  async function* candidates(): AsyncGenerator<Candidate> {
    let place = 0;
    for (const file of inOrder(files)) {
      if (!isZip(file.path)) {
        yield { place: place++, path: file.path, read: async () => file.blob };
        continue;
      }
      try {
        const entries = await readZip(file.blob, file.path);
        if (isProjectManifest((await manifestIn(entries))?.json)) {
          throw new FormatError("It is a Headstart project. Open it by itself.");
        }
        const samples = await teachableMachineSamples(entries);
        ledger.expect(entries.length - 1);
        for (const entry of samples ? entries : inOrder(entries)) {
          yield { place: place++, path: entry.path, read: () => entry.blob(), sample: samples?.get(entry.path) };
        }
      } catch (error) {
        skipped.push({ path: file.path, reason: reasonOf(error) });
        ledger.done(place++, null);
      }
    }
  }

  let ignored = 0;
  await forEachAtOnce(
    candidates(),
    AT_ONCE * decoders.count,
    async ({ place, path, read, sample }) => {
      const intake = sample ? placeSample(sample) : placeFile(path);
      if (intake.kind === "ignored") {
        ignored += 1;
        ledger.done(place, null);
        return;
      }
      const skip = (reason: string) => {
        skipped.push({ path, reason });
        ledger.done(place, null);
      };
      let blob: Blob;
      try {
        blob = await read();
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        return skip(error.message);
      }
      const kept = await decoders.run(async (decoder) => decoder.keep(blob));
      if (!kept.ok) return skip(kept.reason);
      const { fileName, fixedSplit, excluded, className } = intake;
      ledger.done(place, { sample: { ...UNTOUCHED, ...kept.value, fileName, fixedSplit, excluded }, className });
    },
    signal,
  ).finally(() => ledger.tell());
  return { stored: ledger.stored(), skipped, ignored };
}

interface Candidate {
  /** Among all candidates, from 0. */
  readonly place: number;
  readonly path: string;
  readonly read: () => Promise<Blob>;
  /** What a Teachable Machine project says of it. */
  readonly sample?: ProjectSample | undefined;
}

function placeSample(sample: ProjectSample): Placement {
  return { kind: "candidate", ...sample, fixedSplit: null, excluded: false };
}

/** Counts what was looked at and tells the page, in batches and in the files' order, whichever was ready first. */
function createLedger(onEvent: (progress: ImportProgress) => void) {
  const ready = new Map<number, ImportedPhoto | null>();
  let next = 0;
  let photos: ImportedPhoto[] = [];
  let stored = 0;
  let done = 0;
  let total = 0;
  let toldAt = performance.now();
  const tell = () => {
    onEvent({ photos, done, total });
    photos = [];
    toldAt = performance.now();
  };
  return {
    tell,
    stored: () => stored,
    expect(files: number) {
      total += files;
    },
    done(place: number, photo: ImportedPhoto | null) {
      done += 1;
      if (photo) stored += 1;
      ready.set(place, photo);
      for (let first = ready.get(next); first !== undefined; first = ready.get(next)) {
        if (first) photos.push(first);
        ready.delete(next++);
      }
      if (performance.now() - toldAt >= TELL_EVERY_MS) tell();
    },
  };
}

const collator = new Intl.Collator("en", { numeric: true });

/** By path, “2” before “10”: a browser lists a folder as its disk does, and the order decides the splits. */
function inOrder<File extends { readonly path: string }>(files: readonly File[]): File[] {
  return [...files].sort((a, b) => collator.compare(a.path, b.path));
}

function isZip(path: string): boolean {
  return /\.(zip|tm)$/i.test(path);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
