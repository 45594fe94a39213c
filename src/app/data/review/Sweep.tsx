import controls from "../../shared/controls.module.css";
import styles from "./Review.module.css";

interface SweepProps {
  /** The least probability of a suggestion that is taken, 0.5..1. */
  readonly threshold: number;
  /** How many photos that are. */
  readonly photos: number;
  /** What the button does, with the number. */
  readonly label: string;
  onThreshold(threshold: number): void;
  onAccept(): void;
}

/** Takes all suggestions that are sure enough at once. */
export function Sweep({ threshold, photos, label, onThreshold, onAccept }: SweepProps) {
  return (
    <div className={styles.sweep}>
      <label>
        <span>At least {share(threshold)} sure</span>
        <input
          type="range"
          aria-label="How sure at least"
          aria-valuetext={share(threshold)}
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

function share(threshold: number): string {
  return `${Math.round(threshold * 100)}%`;
}
