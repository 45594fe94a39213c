import { useEffect, useRef, useState } from "react";
import { follow, startWalk, step, type Walk } from "../../../dataset/walk.ts";

interface Walking {
  /** The key of the item in front; null in an empty list. */
  readonly current: string | null;
  /** Goes some items on. @param around whether past the end comes the start */
  go(steps: number, around: boolean): void;
  /** Brings an item to the front. */
  select(key: string): void;
  /** Says that the list is about to change: the focus goes with the item in front. */
  willChange(): void;
}

/**
 * Where one is in a list while items leave it and come back.
 *
 * @param keys a new array only when the list is a new one
 * @param focusCurrent puts the focus on the item in front
 */
export function useWalk(keys: readonly string[], focusCurrent: () => void): Walking {
  const [walk, setWalk] = useState<Walk>(() => startWalk(keys));
  if (walk.keys !== keys) setWalk(follow(walk, keys));
  const wanted = useRef(false);
  const willChange = () => {
    wanted.current = true;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the item in front
  useEffect(() => {
    if (wanted.current) focusCurrent();
    wanted.current = false;
  }, [walk.current]);

  return {
    current: walk.current,
    willChange,
    go(steps, around) {
      willChange();
      setWalk((now) => step(now, steps, around));
    },
    select: (key) => setWalk((now) => (now.current === key ? now : { ...now, current: key })),
  };
}
