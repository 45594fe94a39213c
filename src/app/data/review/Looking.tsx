import { useEffect, useRef } from "react";
import controls from "../../shared/controls.module.css";
import { Icon } from "../../shared/Icon.tsx";
import { JobProgress } from "../../shared/JobProgress.tsx";
import { lookIn } from "../../store/jobs.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "./Review.module.css";

interface LookingProps {
  readonly label: string;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}

/** The button that starts a look through the photos; while that runs, its progress. */
export function Looking({ label, primary = false, disabled = false }: LookingProps) {
  const job = useStore((state) => lookIn(state.jobs));
  const runAudit = useStore((state) => state.runAudit);
  const frame = useRef<HTMLDivElement>(null);
  const running = job !== undefined;
  // The button that was pressed has gone: what is in its place takes the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the two
  useEffect(() => {
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
  }, [running]);
  return (
    <div ref={frame} tabIndex={-1} className={styles.looking}>
      {job ? (
        <JobProgress job={job} statusName={words.review.looking.statusLabel} />
      ) : (
        <button
          type="button"
          className={`${controls.button} ${primary ? controls.primary : ""}`}
          disabled={disabled}
          onClick={() => void runAudit()}
        >
          <Icon name="spark" />
          {label}
        </button>
      )}
    </div>
  );
}
