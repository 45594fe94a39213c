import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { words } from "../words/words.ts";

export interface Camera {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly running: boolean;
  readonly devices: readonly MediaDeviceInfo[];
  readonly deviceId: string;
  /** Why there is no picture, and what to do. */
  readonly problem: string | null;
  start(deviceId?: string): Promise<void>;
  stop(): void;
}

/** A camera on a video element. It is released when it is stopped and when its component goes. */
export function useCamera(): Camera {
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<MediaStream | null>(null);
  const [running, setRunning] = useState(false);
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  const [deviceId, setDeviceId] = useState("");
  const [problem, setProblem] = useState<string | null>(null);

  const latest = useRef(0);

  const release = useCallback(() => {
    latest.current += 1;
    stopTracks(stream.current);
    stream.current = null;
    if (video.current) video.current.srcObject = null;
  }, []);
  useEffect(() => release, [release]);

  const start = useCallback(
    async (wanted?: string) => {
      setProblem(null);
      release();
      const mine = latest.current;
      const outdated = () => latest.current !== mine;
      try {
        if (!navigator.mediaDevices) throw new DOMException("", "NotSupportedError");
        const device = wanted ? { deviceId: { exact: wanted } } : { facingMode: "environment" };
        const opened = await navigator.mediaDevices.getUserMedia({ video: { ...device, width: { ideal: 640 } } });
        if (outdated() || !video.current) return stopTracks(opened);
        stream.current = opened;
        video.current.srcObject = opened;
        await video.current.play();
        const all = await navigator.mediaDevices.enumerateDevices();
        if (outdated()) return;
        setDevices(all.filter(({ kind }) => kind === "videoinput"));
        setDeviceId(opened.getVideoTracks()[0]?.getSettings().deviceId ?? "");
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
  const stop = useCallback(() => {
    release();
    setRunning(false);
  }, [release]);

  return { video, running, devices, deviceId, problem, start, stop };
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
