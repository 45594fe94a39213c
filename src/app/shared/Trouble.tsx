import controls from "./controls.module.css";
import { RetryButton } from "./RetryButton.tsx";
import styles from "./Trouble.module.css";

/** Stands where something should be that cannot be shown: why, and a button that tries again. */
export function Trouble({ text, onRetry }: { text: string; onRetry: () => void }) {
  return (
    <div role="alert" className={`${controls.card} ${styles.trouble}`}>
      <p>{text}</p>
      <RetryButton onRetry={onRetry} />
    </div>
  );
}
