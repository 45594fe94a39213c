import { useMemo } from "react";
import { readiness } from "../../dataset/readiness.ts";
import { useStore } from "../store/store.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";

/** What is missing before training and what would make the result better, as sentences. */
export function useReadinessNotes(): readonly string[] {
  const dataset = useStore((state) => state.dataset);
  return useMemo(() => {
    const { problems, hints } = readiness(dataset);
    return [...problems, ...hints].map((note) => sentence(words.data.readiness, note));
  }, [dataset]);
}
