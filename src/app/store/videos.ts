import { type ClassId, UNSORTED, UNSORTED_NAME } from "../../dataset/dataset.ts";
import { ensureClass } from "../../dataset/edit.ts";
import { tidyName } from "../../dataset/names.ts";
import type { IncomingFile } from "../../worker/protocol/index.ts";
import { words } from "../words/words.ts";
import type { SliceContext } from "./store.ts";
import { frameTimes, openVideo } from "./video-frames.ts";

/** A video whose frames may become photos. */
export interface VideoQuestion {
  readonly file: IncomingFile;
  /** Where its frames go unless something else is chosen. */
  readonly into: ClassId | null;
}

export interface VideoAnswer {
  /** Frames per second. */
  readonly rate: number;
  /** The class that they go to; null for one of the name that the file's folder, or else the file itself, gives. */
  readonly into: ClassId | null;
}

export interface VideosSlice {
  /** null when there is nothing to ask. */
  readonly videoQuestion: VideoQuestion | null;
  /** null takes no frames. */
  answerVideo(answer: VideoAnswer | null): void;
  /** Asks about each video, one after the other, and makes its frames the photos of one recording. */
  addVideos(files: readonly IncomingFile[]): Promise<void>;
}

/** Pixels. Cameras give photos of this size too, and no base model looks at more. */
const LONGEST_SIDE = 1280;
const newId = () => crypto.randomUUID();

export function createVideosSlice({ set, get }: SliceContext): VideosSlice {
  let answer: (chosen: VideoAnswer | null) => void = () => undefined;
  const ask = (question: VideoQuestion): Promise<VideoAnswer | null> =>
    new Promise((resolve) => {
      answer = resolve;
      set({ videoQuestion: question });
    });
  /** The class that frames go to, made where it is new. */
  const classFor = (chosen: ClassId | null, path: string): ClassId => {
    const { dataset } = get();
    if (dataset.classes.some(({ id }) => id === chosen)) return chosen ?? UNSORTED;
    const name = chosen === null ? classNameOf(path) : UNSORTED_NAME;
    const [changed, { id }] = ensureClass(dataset, name, newId);
    set({ dataset: changed });
    return id;
  };
  const takeFrames = (file: IncomingFile, { rate, into }: VideoAnswer) =>
    get().runJob({ kind: "import", place: "Data", subject: file.path }, async ({ signal, tell }) => {
      const fileName = file.path.split("/").at(-1) ?? file.path;
      const video = await openVideo(file.path, file.blob);
      const burst = newId();
      try {
        const times = frameTimes(video.seconds, rate);
        get().remember({ did: "add-photos" });
        const classId = classFor(into, file.path);
        for (const [done, seconds] of times.entries()) {
          tell({ progress: { done, total: times.length, unit: "photos", secondsLeft: null } });
          const frame = await video.frameAt(seconds);
          if (signal.aborted) frame.close();
          signal.throwIfAborted();
          const name = `${stemOf(fileName)}-${seconds.toFixed(2)}s.jpg`;
          await get().captureFrame(frame, {
            classId,
            fileName: name,
            burst,
            mirrored: false,
            longestSide: LONGEST_SIDE,
          });
          signal.throwIfAborted();
        }
        await get().keepProject();
        const added = get().dataset.samples.filter((sample) => sample.burst === burst).length;
        const counts = { added, duplicates: times.length - added, ignored: 0, converted: {} };
        get().notify("news", words.store.framesAdded({ ...counts, file: fileName }));
      } finally {
        video.close();
      }
    });
  return {
    videoQuestion: null,
    answerVideo(chosen) {
      set({ videoQuestion: null });
      answer(chosen);
    },
    async addVideos(files) {
      const into = get().chosenClass;
      for (const file of files) {
        const chosen = await ask({ file, into });
        if (chosen) await get().attempt(() => takeFrames(file, chosen), null);
      }
    },
  };
}

/** The class that a video's frames belong to by its path: the folder's that holds it, or one of its own. */
export function classNameOf(path: string): string {
  const [fileName = path, folder] = path.split("/").reverse();
  return tidyName(folder ?? "") || tidyName(stemOf(fileName));
}

/** A file's name without its ending. */
function stemOf(fileName: string): string {
  return fileName.replace(/\.[a-z0-9]{1,5}$/i, "") || fileName;
}
