/** Single pictures out of a video file, decoded by the browser's own player. */
import { beginsLikeVideo } from "../../dataset/video-file.ts";
import { PageError } from "../errors.ts";

/** A video that the browser plays. */
export interface OpenVideo {
  /** Seconds. */
  readonly seconds: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What is shown at a moment, to be closed. @throws PageError when that takes too long or cannot be played */
  frameAt(seconds: number): Promise<ImageBitmap | VideoFrame>;
  close(): void;
}

/** Large files on slow disks need a few seconds; a damaged one never answers. */
const PATIENCE_MS = 30_000;
/** Further than any video is long: the player goes to its end, and then knows where that is. */
const FAR_AWAY_SECONDS = 1e9;

/**
 * The moments at which frames are taken: the first one, then `rate` per second.
 * @param seconds of the whole video
 * @param rate frames per second, above 0
 */
export function frameTimes(seconds: number, rate: number): number[] {
  // The last moment of a video has no picture that lasts.
  return Array.from({ length: Math.max(1, Math.ceil(seconds * rate - 1e-6)) }, (_, at) => at / rate);
}

/** Whether a file is a video by its name, by what the system says of it, or, where its name has no ending, by what it begins with. */
export async function isVideo({ path, blob }: { readonly path: string; readonly blob: Blob }): Promise<boolean> {
  if (blob.type.startsWith("video/") || /\.(mp4|m4v|mov|webm|mkv|avi|ogv|3gp|mpe?g|wmv)$/i.test(path)) return true;
  if (!/(^|\/)[^./]+$/.test(path)) return false;
  // One that is gone or locked is told when it is read.
  const beginning = await blob
    .slice(0, 12)
    .arrayBuffer()
    .catch(() => new ArrayBuffer());
  return beginsLikeVideo(new Uint8Array(beginning));
}

/** @throws PageError when the browser cannot play it, or it has no picture */
export async function openVideo(file: string, blob: Blob): Promise<OpenVideo> {
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.preload = "auto";
  const url = URL.createObjectURL(blob);
  const close = () => {
    video.removeAttribute("src");
    video.load();
    URL.revokeObjectURL(url);
  };
  const reached = (event: "loadeddata" | "seeked", begin: () => void) => waitFor(video, event, file, begin);
  try {
    await reached("loadeddata", () => {
      video.src = url;
    });
    const { videoWidth: width, videoHeight: height } = video;
    if (width === 0 || height === 0) throw new PageError({ code: "video/no-picture", file });
    const seek = (seconds: number) =>
      reached("seeked", () => {
        video.currentTime = seconds;
      });
    // What a browser has recorded does not say how long it is.
    if (!Number.isFinite(video.duration)) await seek(FAR_AWAY_SECONDS);
    const seconds = Number.isFinite(video.duration) ? video.duration : video.currentTime;
    return {
      ...{ seconds, width, height, close },
      async frameAt(moment) {
        if (video.currentTime !== moment || video.seeking) {
          const isShown = shown(video);
          await seek(moment);
          await isShown;
        }
        return pictureOf(video);
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** Once a seek has ended, its picture is there within a few frames of the screen; where nothing is drawn, no later than this. */
const SHOWN_MS = 500;

/** Ends when the next picture is shown: a player says that it has sought before it shows what it found. */
function shown(video: HTMLVideoElement): Promise<unknown> {
  if (!("requestVideoFrameCallback" in video)) return Promise.resolve();
  return new Promise((resolve) => {
    video.requestVideoFrameCallback(resolve);
    video.addEventListener("seeked", () => setTimeout(resolve, SHOWN_MS), { once: true });
  });
}

/** A `VideoFrame` costs the page nothing: its pixels are made where it is drawn. */
async function pictureOf(video: HTMLVideoElement): Promise<ImageBitmap | VideoFrame> {
  return "VideoFrame" in globalThis ? new VideoFrame(video) : createImageBitmap(video);
}

function waitFor(
  video: HTMLVideoElement,
  event: "loadeddata" | "seeked",
  file: string,
  begin: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const listen = (type: string, listener: () => void) => video.addEventListener(type, listener, over);
    const fail = (code: "video/unplayable" | "video/too-slow") => {
      over.abort();
      reject(new PageError({ code, file }));
    };
    const timer = setTimeout(() => fail("video/too-slow"), PATIENCE_MS);
    over.signal.addEventListener("abort", () => clearTimeout(timer));
    listen("error", () => fail("video/unplayable"));
    listen(event, () => {
      over.abort();
      resolve();
    });
    begin();
  });
}
