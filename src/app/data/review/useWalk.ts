import { useEffect, useRef, useState } from "react";
import { follow, startWalk, step, type Walk } from "../../../dataset/walk.ts";

interface Walking {
  /** The key of the current item; null in an empty list. */
  readonly current: string | null;
  /** Moves by some items. @param around whether it continues at the start after the end */
  go(steps: number, around: boolean): void;
  /** Makes an item the current one. */
  select(key: string): void;
  /** Announces that the list is about to change: the focus then follows the current item. */
  willChange(): void;
}

/**
 * The current item of a list whose items are removed and come back.
 *
 * @param keys of the items; the same array as long as the list is the same
 * @param focusCurrent focuses the current item
 */
export function useWalk(keys: readonly string[], focusCurrent: () => void): Walking {
  const [walk, setWalk] = useState<Walk>(() => startWalk(keys));
  if (walk.keys !== keys) setWalk(follow(walk, keys));
  const wanted = useRef(false);
  const willChange = () => {
    wanted.current = true;
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the current item
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
