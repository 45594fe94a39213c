import { useMemo } from "react";
import { takesPart } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { count, plural } from "../../shared/format.ts";
import { useStore } from "../../store/store.ts";
import { Looking } from "./Looking.tsx";
import styles from "./Sort.module.css";

interface SuggestingProps {
  /** Photos that wait to be sorted, and how many of them have a suggestion. */
  readonly waiting: number;
  readonly suggested: number;
  /** Photos that have changed since the suggestions were made. */
  readonly changed: number;
}

/** Where the suggestions stand, and the button that makes them. */
export function Suggesting({ waiting, suggested, changed }: SuggestingProps) {
  const samples = useStore((state) => state.dataset.samples);
  const labelled = useMemo(() => new Set(samples.filter(takesPart).map(({ classId }) => classId)).size, [samples]);
  if (labelled < 2) {
    return (
      <p className={controls.quiet}>
        Sort a few photos into each of two classes by hand. Then the model can suggest the rest.
      </p>
    );
  }
  return (
    <div className={styles.suggesting}>
      <Looking label={suggested ? "Suggest again" : "Suggest classes"} primary={suggested === 0} />
      <p className={controls.quiet}>{sentence()}</p>
    </div>
  );

  function sentence(): string {
    if (suggested === 0) return "Learns from the photos that have a class, in seconds. You still decide about each.";
    const rest = waiting - suggested;
    if (rest) return `${count(rest)} of the photos have no suggestion yet.`;
    return changed ? `${plural(changed, "photo")} changed since these suggestions: new ones know more.` : "";
  }
}
