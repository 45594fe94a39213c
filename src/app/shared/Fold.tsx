import type { ReactNode } from "react";
import type { Fold as FoldName } from "../store/folds.ts";
import { useStore } from "../store/store.ts";
import styles from "./Fold.module.css";

interface FoldProps {
  readonly name: FoldName;
  readonly summary: ReactNode;
  /** Open whatever was chosen, as when something in it has to be corrected. */
  readonly forced?: boolean;
  readonly children: ReactNode;
}

/** What most people never need, one fold away; this browser remembers whether it is open. */
export function Fold({ name, summary, forced = false, children }: FoldProps) {
  const open = useStore((state) => state.openFolds.includes(name));
  const setFold = useStore((state) => state.setFold);
  return (
    <details
      className={styles.fold}
      open={open || forced}
      onToggle={({ currentTarget }) => {
        if (!forced && currentTarget.open !== open) setFold(name, currentTarget.open);
      }}
    >
      <summary>{summary}</summary>
      <div className={styles.content}>{children}</div>
    </details>
  );
}
