/** What is unpacked of a drop, once, however often it is looked at. */
import { tidyPath } from "../dataset/names.ts";
import type { Watch } from "../formats/archives/entry.ts";
import type { IncomingFile, Unpacking } from "./protocol/index.ts";

/** The page is told at most this often, in milliseconds. */
const TELL_EVERY_MS = 150;
/** What takes no time is not told. */
const LEAST_TOLD_BYTES = 4e6;

/** Members of an archive, unpacked, by what they are called here. */
type Members = Map<string, Promise<Blob>>;

/** What has been unpacked of one drop: of its files by their places in it, of archives within them by their bytes. */
interface Kept {
  readonly ofFiles: Map<number, Members>;
  readonly ofBlobs: WeakMap<Blob, Members>;
}

export interface Unpacker {
  readonly signal: AbortSignal;
  /**
   * Something that is packed in a file, unpacked when it is first asked for.
   * @param from the file or archive that it is in
   * @param member names it there
   * @param packed its bytes there, for the progress
   */
  once(
    from: Blob,
    member: string,
    name: string,
    packed: number,
    unpack: (watch: Watch) => Promise<Blob>,
  ): Promise<Blob>;
}

export interface Drops {
  /** @param drop as the page names it; without a name nothing is kept beyond this call */
  unpacker(
    files: readonly IncomingFile[],
    drop: string | undefined,
    signal: AbortSignal,
    onUnpacking: (unpacking: Unpacking) => void,
  ): Unpacker;
  /** Lets go of all that was unpacked of it. */
  forget(drop: string): void;
}

export function createDrops(): Drops {
  const drops = new Map<string, Kept>();
  const keptOf = (drop: string | undefined): Kept => {
    const known = drop === undefined ? undefined : drops.get(drop);
    const kept = known ?? { ofFiles: new Map(), ofBlobs: new WeakMap() };
    if (drop !== undefined) drops.set(drop, kept);
    return kept;
  };
  return {
    unpacker(files, drop, signal, onUnpacking) {
      const { ofFiles, ofBlobs } = keptOf(drop);
      // The page's files are other objects at each call, in the same order.
      for (const [place, { blob }] of files.entries()) {
        const members = ofFiles.get(place) ?? new Map();
        ofFiles.set(place, members);
        ofBlobs.set(blob, members);
      }
      return {
        signal,
        async once(from, member, name, packed, unpack) {
          const members: Members = ofBlobs.get(from) ?? new Map();
          ofBlobs.set(from, members);
          const known = members.get(member);
          if (known) return known;
          const unpacked = unpack(watchOn(signal, name, packed, onUnpacking));
          members.set(member, unpacked);
          // What was ended or failed may be tried again.
          unpacked.catch(() => members.delete(member));
          return unpacked;
        },
      };
    },
    forget(drop) {
      drops.delete(drop);
    },
  };
}

function watchOn(signal: AbortSignal, name: string, total: number, onUnpacking: (unpacking: Unpacking) => void): Watch {
  let done = 0;
  let toldAt = performance.now();
  return {
    signal,
    onRead(bytes) {
      done += bytes;
      if (total < LEAST_TOLD_BYTES || performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      onUnpacking({ file: tidyPath(name), done: Math.min(done, total), total });
    },
  };
}

/** For a single look: nothing is told and nothing is kept. */
export function unpackerFor(files: readonly IncomingFile[], signal = new AbortController().signal): Unpacker {
  return createDrops().unpacker(files, undefined, signal, () => undefined);
}
