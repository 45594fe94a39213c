import { useEffect, useState } from "react";
import type { PhotoId } from "../../../dataset/dataset.ts";
import type { QuickAnswer } from "../../../worker/protocol/index.ts";
import { quickNow } from "../../store/quick.ts";
import { headstart, useStore } from "../../store/store.ts";

/** Somebody who holds a key down passes photos faster than they can be looked at. */
const PAUSE_MS = 80;

interface PhotoGuess {
  readonly answer: QuickAnswer | null;
  /** Whether an answer is on its way: what shows it keeps its room. */
  readonly awaited: boolean;
}

/** What the quick head says of a photo, as it is now. */
export function usePhotoGuess(photo: PhotoId | null): PhotoGuess {
  const [found, setFound] = useState<{ readonly photo: PhotoId; readonly answer: QuickAnswer | null } | null>(null);
  const version = useStore((state) => quickNow(state)?.version ?? null);
  useEffect(() => {
    if (photo === null || version === null) return;
    let over = false;
    const ask = async () => {
      const answer = await headstart.guessPhoto(photo);
      if (!over) setFound({ photo, answer });
    };
    const timer = setTimeout(() => void useStore.getState().attempt(ask, null), PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [photo, version]);
  if (version === null || photo === null) return { answer: null, awaited: false };
  return found?.photo === photo ? { answer: found.answer, awaited: false } : { answer: null, awaited: true };
}
