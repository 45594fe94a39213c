import { useCallback, useEffect, useRef, useState } from "react";
import type { ClassId } from "../../../dataset/dataset.ts";
import { frameOf } from "../../shared/newest-frame.ts";
import type { Camera } from "../../shared/useCamera.ts";
import { useStore } from "../../store/store.ts";
import { record } from "./record.ts";

export interface Recorder {
  readonly recording: boolean;
  /** Of the recording that is under way or has just ended; null before the first. */
  readonly burst: string | null;
  /** Photos that it has taken, those that were here already included. */
  readonly taken: number;
  /** Begins a recording; nothing while there is one. */
  start(): void;
  stop(): void;
}

const NONE = { burst: null, taken: 0 };

/** Takes photos into a class while it records. Each recording is one step of Undo. @param mirrored whether they are kept as in a mirror */
export function useRecorder({ video, running }: Camera, classId: ClassId, mirrored: boolean): Recorder {
  const [recording, setRecording] = useState(false);
  const [latest, setLatest] = useState<{ readonly burst: string | null; readonly taken: number }>(NONE);
  const current = useRef<{ over: boolean } | null>(null);

  const stop = useCallback(() => {
    if (current.current) current.current.over = true;
    current.current = null;
    setRecording(false);
  }, []);
  const start = useCallback(() => {
    if (current.current) return;
    const mine = { over: false };
    current.current = mine;
    const burst = crypto.randomUUID();
    setRecording(true);
    setLatest({ burst, taken: 0 });
    const { remember, captureFrame, attempt } = useStore.getState();
    remember({ did: "take-photos" });
    const filming = {
      next: () => frameOf(video.current),
      async keep(frame: ImageBitmap, number: number) {
        const fileName = `camera-${Date.now()}-${number}.jpg`;
        await captureFrame(frame, { classId, fileName, burst, mirrored });
        setLatest((before) => (before.burst === burst ? { burst, taken: number } : before));
      },
      isOver: () => mine.over,
    };
    // That moment will not come again.
    void attempt(() => record(filming), null).then(() => {
      if (current.current === mine) stop();
    });
  }, [video, classId, mirrored, stop]);

  useEffect(() => {
    if (!running) stop();
  }, [running, stop]);
  useEffect(() => stop, [stop]);
  return { recording, ...latest, start, stop };
}
