import controls from "../../shared/controls.module.css";
import { words } from "../../words/words.ts";
import styles from "./Review.module.css";

interface SweepProps {
  /** Suggestions of at least this probability are accepted, 0.5..1. */
  readonly threshold: number;
  /** How many photos have such a suggestion. */
  readonly photos: number;
  /** What the button does, with the number of photos. */
  readonly label: string;
  onThreshold(threshold: number): void;
  onAccept(): void;
}

/** Accepts all suggestions that are sure enough at once. */
export function Sweep({ threshold, photos, label, onThreshold, onAccept }: SweepProps) {
  return (
    <div className={styles.sweep}>
      <label>
        <span>{words.review.sweep.atLeast(threshold)}</span>
        <input
          type="range"
          aria-label={words.review.sweep.threshold}
          aria-valuetext={words.numbers.percent(threshold)}
          min="0.5"
          max="1"
          step="0.01"
          value={threshold}
          onChange={({ currentTarget }) => onThreshold(currentTarget.valueAsNumber)}
        />
      </label>
      <button type="button" className={controls.button} disabled={photos === 0} onClick={onAccept}>
        {label}
      </button>
    </div>
  );
}
