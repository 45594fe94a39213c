import { useMemo } from "react";
import { classNamesInUse, coloursInUse } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";

/** The classes of the classifier in use, in its order. */
export interface ClassesInUse {
  /** As they are called today. */
  readonly classNames: readonly string[];
  /** Places in the palette. */
  readonly colours: readonly number[];
}

/** Of the classifier in use; none without one. */
export function useClassesInUse(): ClassesInUse {
  const runs = useStore((state) => state.runs);
  const classifier = useStore((state) => state.classifier);
  const dataset = useStore((state) => state.dataset);
  return useMemo(() => {
    const state = { runs, classifier, dataset };
    return { classNames: classNamesInUse(state), colours: coloursInUse(state) };
  }, [runs, classifier, dataset]);
}
