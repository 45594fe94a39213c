import { useMemo } from "react";
import { classNamesInUse, coloursInUse } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";

/** A class of the classifier in use. */
export interface ShownClass {
  /** As it is called today. */
  readonly name: string;
  /** Place in the palette. */
  readonly colour: number;
}

/** The classes of the classifier in use, in its order; none without a classifier. */
export function useClassesInUse(): readonly ShownClass[] {
  const runs = useStore((state) => state.runs);
  const classifier = useStore((state) => state.classifier);
  const dataset = useStore((state) => state.dataset);
  return useMemo(() => {
    const colours = coloursInUse({ runs, classifier, dataset });
    return classNamesInUse({ runs, classifier, dataset }).map((name, at) => ({ name, colour: colours[at] ?? 0 }));
  }, [runs, classifier, dataset]);
}
