import { type RefObject, useEffect, useState } from "react";
import { NOTHING_SPOKEN, type Spoken, smoothProbabilities, speak } from "../../evaluation/live.ts";
import type { Explanation } from "../../worker/protocol/index.ts";
import { answerNewest, frameOf } from "../shared/newest-frame.ts";
import { headstart, useStore } from "../store/store.ts";

export interface LivePrediction {
  /** Smoothed, in class order. */
  readonly probabilities: readonly number[];
  readonly framesPerSecond: number;
  /** Whether most of the newest frames were none of the classes. */
  readonly isUnknown: boolean;
  /** What a screen reader is told: see `speak`. */
  readonly said: Spoken["said"];
  /** Why, for the newest frame; null where that is not asked. */
  readonly explanation: Explanation | null;
}

/** Of the newest frame in the smoothed answer. */
const NEWEST_WEIGHT = 0.35;
const RATE_WEIGHT = 0.15;
/** People cannot read faster, and drawing takes time from predicting. */
const SHOW_EVERY_MS = 100;

/**
 * Classifies a video's frames while `active`: the newest frame as soon as the last one is answered, so that a slow machine
 * drops frames instead of queueing them.
 */
export function useLivePrediction(
  video: RefObject<HTMLVideoElement | null>,
  active: boolean,
  mirrored: boolean,
  why: boolean,
): LivePrediction | null {
  const [live, setLive] = useState<LivePrediction | null>(null);
  useEffect(() => {
    if (!active) return;
    let over = false;
    void useStore
      .getState()
      .attempt(() => watch({ video, mirrored, why, isOver: () => over, show: setLive }), undefined, "camera");
    return () => {
      over = true;
      setLive(null);
    };
  }, [video, active, mirrored, why]);
  return live;
}

interface Watch {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly mirrored: boolean;
  readonly why: boolean;
  isOver(): boolean;
  show(live: LivePrediction): void;
}

async function watch({ video, mirrored, why, isOver, show }: Watch): Promise<void> {
  let probabilities: readonly number[] | null = null;
  let unknown: readonly number[] | null = null;
  let framesPerSecond = 0;
  let before = performance.now();
  let shownAt = 0;
  let spoken = NOTHING_SPOKEN;
  await answerNewest({
    next: () => frameOf(video.current),
    async ask(frame) {
      if (why) {
        const explanation = await headstart.explainFrame(frame, mirrored);
        return { ...explanation, explanation };
      }
      return { ...(await headstart.classifyFrame(frame, mirrored)), explanation: null };
    },
    isOver,
    take(answer) {
      probabilities = smoothProbabilities(probabilities, answer.probabilities, NEWEST_WEIGHT);
      unknown = smoothProbabilities(unknown, [answer.isUnknown ? 1 : 0], NEWEST_WEIGHT);
      const isUnknown = (unknown[0] ?? 0) > 0.5;
      const now = performance.now();
      const rate = 1000 / Math.max(1, now - before);
      framesPerSecond = framesPerSecond ? framesPerSecond + RATE_WEIGHT * (rate - framesPerSecond) : rate;
      before = now;
      if (now - shownAt < SHOW_EVERY_MS) return;
      shownAt = now;
      // “None of these” is said as if it were a class behind the others.
      spoken = speak(spoken, isUnknown ? [...probabilities.map(() => 0), 1] : [...probabilities, 0], now);
      show({ probabilities, isUnknown, framesPerSecond, said: spoken.said, explanation: answer.explanation });
    },
  });
}
