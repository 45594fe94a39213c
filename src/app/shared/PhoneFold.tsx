import { type ReactNode, useSyncExternalStore } from "react";
import styles from "./PhoneFold.module.css";

const NARROW = "(max-width: 760px)";

/** Tools that a phone folds away, so that what they are for is in sight; elsewhere they stand open. */
export function PhoneFold({ summary, children }: { summary: string; children: ReactNode }) {
  const narrow = useSyncExternalStore(watchWidth, isNarrow);
  if (!narrow) return children;
  return (
    <details className={styles.fold}>
      <summary>{summary}</summary>
      <div className={styles.folded}>{children}</div>
    </details>
  );
}

function isNarrow(): boolean {
  return matchMedia(NARROW).matches;
}

function watchWidth(tell: () => void): () => void {
  const query = matchMedia(NARROW);
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}
