import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { words } from "../words/words.ts";
import { canFlip, constraintsOf, type Facing, facingOf, otherCamera, type WantedCamera } from "./camera-side.ts";
import { USUAL_WIDTH, widthsOf } from "./camera-width.ts";
import { useAspect } from "./useAspect.ts";
import { useWakeLock } from "./wake-lock.ts";

export interface Camera {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly running: boolean;
  readonly devices: readonly MediaDeviceInfo[];
  readonly deviceId: string;
  /** Where it looks; null where the browser does not tell. */
  readonly facing: Facing | null;
  /** Width over height of its picture; null before there is one. */
  readonly aspect: number | null;
  /** Pixels from left to right that are asked for, and those that the camera offers. */
  readonly width: number;
  readonly widths: readonly number[];
  /** Why there is no picture, and what to do. */
  readonly problem: string | null;
  start(deviceId?: string): Promise<void>;
  stop(): void;
  /** Starts the camera again with another width. */
  chooseWidth(width: number): void;
  /** Takes the other camera, as the one on a phone's other side; null where there is none. */
  readonly flip: (() => Promise<void>) | null;
}

/** A camera on a video element. It is released when it is stopped and when its component goes. The screen stays on meanwhile. */
export function useCamera(): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const [running, setRunning] = useState(false);
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [deviceId, setDeviceId] = useState("");
  const [facing, setFacing] = useState<Facing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [widths, setWidths] = useState<readonly number[]>([USUAL_WIDTH]);
  const [width, setWidth] = useState(USUAL_WIDTH);
  const wantedWidth = useRef(USUAL_WIDTH);
  const aspect = useAspect(video, running);
  useWakeLock(running);

  const latest = useRef(0);

  const release = useCallback(() => {
    latest.current += 1;
    stopTracks(stream.current);
    stream.current = null;
    if (video.current) video.current.srcObject = null;
  }, []);
  useEffect(() => release, [release]);

  const open = useCallback(
    async (wanted?: WantedCamera) => {
      release();
      const mine = latest.current;
      const outdated = () => latest.current !== mine;
      try {
        if (!navigator.mediaDevices) throw new DOMException("", "NotSupportedError");
        const opened = await navigator.mediaDevices.getUserMedia({ video: constraintsOf(wanted, wantedWidth.current) });
        if (outdated() || !video.current) return stopTracks(opened);
        stream.current = opened;
        video.current.srcObject = opened;
        await video.current.play();
        const all = await navigator.mediaDevices.enumerateDevices();
        if (outdated()) return;
        setDevices(all.filter(({ kind }) => kind === "videoinput"));
        const [track] = opened.getVideoTracks();
        const settings = track?.getSettings();
        // Not every browser tells.
        setWidths(widthsOf(track?.getCapabilities?.().width, wantedWidth.current));
        setDeviceId(settings?.deviceId ?? "");
        setFacing(facingOf(settings?.facingMode));
        setProblem(null);
        setRunning(true);
      } catch (error) {
        // A later start, or a stop, has taken the camera away.
        if (outdated()) return;
        release();
        setRunning(false);
        setProblem(words.shared.camera.problems[problemOf(error)]);
      }
    },
    [release],
  );
  const start = useCallback((wanted?: string) => open(wanted ? { deviceId: wanted } : undefined), [open]);
  const stop = useCallback(() => {
    release();
    setRunning(false);
  }, [release]);
  const chooseWidth = (wanted: number) => {
    wantedWidth.current = wanted;
    setWidth(wanted);
    if (running) void start(deviceId || undefined);
  };

  const cameras = { devices, deviceId, facing };
  const isTouch = matchMedia("(pointer: coarse)").matches;
  const flip = running && canFlip(cameras, isTouch) ? () => open(otherCamera(cameras)) : null;
  return { ...cameras, video, running, aspect, width, widths, problem, start, stop, chooseWidth, flip };
}

function stopTracks(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

function problemOf(error: unknown): keyof typeof words.shared.camera.problems {
  switch (error instanceof DOMException ? error.name : "") {
    case "NotAllowedError":
      return "blocked";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "taken";
    default:
      return "unsupported";
  }
}
