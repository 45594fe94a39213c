import { useCallback, useEffect, useState } from "react";
import type { Recorder } from "./useRecorder.ts";

/** Time to get in front of the camera. */
const TIMER_SECONDS = 3;

export interface Timer {
  /** Whether it waits or records. */
  readonly active: boolean;
  /** Seconds until it records; null while it does not wait. */
  readonly left: number | null;
  start(): void;
  stop(): void;
}

/** Records without a hand on the button: waits, records for some seconds and stops. */
export function useTimer({ recording, start, stop }: Recorder, seconds: number): Timer {
  const [left, setLeft] = useState<number | null>(null);
  const [filming, setFilming] = useState(false);
  useEffect(() => {
    if (left === null) return;
    const timer = setTimeout(() => {
      setLeft(left > 1 ? left - 1 : null);
      if (left > 1) return;
      setFilming(true);
      start();
    }, 1000);
    return () => clearTimeout(timer);
  }, [left, start]);
  useEffect(() => {
    if (!filming) return;
    const timer = setTimeout(() => {
      setFilming(false);
      stop();
    }, seconds * 1000);
    return () => clearTimeout(timer);
  }, [filming, seconds, stop]);
  // Also where the camera went.
  useEffect(() => {
    if (!recording) setFilming(false);
  }, [recording]);
  return {
    active: left !== null || filming,
    left,
    start: useCallback(() => setLeft(TIMER_SECONDS), []),
    stop: useCallback(() => {
      setLeft(null);
      setFilming(false);
      stop();
    }, [stop]),
  };
}
