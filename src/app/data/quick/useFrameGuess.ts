import { type RefObject, useEffect, useState } from "react";
import { smoothProbabilities } from "../../../evaluation/live.ts";
import type { QuickAnswer } from "../../../worker/protocol/index.ts";
import { answerNewest, frameOf } from "../../shared/newest-frame.ts";
import { quickNow } from "../../store/quick.ts";
import { headstart, useStore } from "../../store/store.ts";

/** Of the newest frame in the smoothed answer. */
const NEWEST_WEIGHT = 0.5;
/** People cannot read faster. */
const SHOW_EVERY_MS = 100;

/** What the quick head says of a camera's picture; null while there is nothing to answer with. */
export function useFrameGuess(
  video: RefObject<HTMLVideoElement | null>,
  running: boolean,
  mirrored: boolean,
): QuickAnswer | null {
  const [shown, setShown] = useState<QuickAnswer | null>(null);
  const answers = useStore((state) => quickNow(state) !== null);
  const active = running && answers;
  useEffect(() => {
    if (!active) return;
    let over = false;
    void useStore.getState().attempt(() => watch(video, mirrored, () => over, setShown), null);
    return () => {
      over = true;
      setShown(null);
    };
  }, [video, active, mirrored]);
  return shown;
}

async function watch(
  video: RefObject<HTMLVideoElement | null>,
  mirrored: boolean,
  isOver: () => boolean,
  show: (answer: QuickAnswer | null) => void,
): Promise<void> {
  let last: QuickAnswer | null = null;
  let shownAt = 0;
  await answerNewest({
    next: () => frameOf(video.current),
    ask: (frame) => headstart.guessFrame(frame, mirrored),
    isOver,
    take(answer) {
      last = answer && smoothed(last, answer);
      const now = performance.now();
      if (now - shownAt < SHOW_EVERY_MS) return;
      shownAt = now;
      show(last);
    },
  });
}

function smoothed(last: QuickAnswer | null, next: QuickAnswer): QuickAnswer {
  const isOfTheSame =
    last?.classIds.length === next.classIds.length && last.classIds.every((id, at) => id === next.classIds[at]);
  if (!last || !isOfTheSame) return next;
  return { ...next, probabilities: smoothProbabilities(last.probabilities, next.probabilities, NEWEST_WEIGHT) };
}
