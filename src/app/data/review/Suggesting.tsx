import { useMemo } from "react";
import { takesPart } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { Looking } from "./Looking.tsx";
import styles from "./Sort.module.css";

interface SuggestingProps {
  /** Photos that wait to be sorted, and how many of them have a suggestion. */
  readonly waiting: number;
  readonly suggested: number;
  /** Photos that have changed since the suggestions were made. */
  readonly changed: number;
}

/** What suggestions there are, and the button that makes them. */
export function Suggesting({ waiting, suggested, changed }: SuggestingProps) {
  const samples = useStore((state) => state.dataset.samples);
  const labelled = useMemo(() => new Set(samples.filter(takesPart).map(({ classId }) => classId)).size, [samples]);
  if (labelled < 2) {
    return <p className={controls.quiet}>{words.sort.sortByHand}</p>;
  }
  return (
    <div className={styles.suggesting}>
      <Looking label={suggested ? words.sort.suggestAgain : words.sort.suggest} primary={suggested === 0} />
      <p className={controls.quiet}>{sentence()}</p>
    </div>
  );

  function sentence(): string {
    if (suggested === 0) return words.sort.howSuggested;
    const rest = waiting - suggested;
    if (rest) return words.sort.withoutSuggestions(rest);
    return changed ? words.sort.outdated(changed) : "";
  }
}
