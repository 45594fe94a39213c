import { useEffect, useRef } from "react";
import controls from "../../shared/controls.module.css";
import { Icon } from "../../shared/Icon.tsx";
import type { Auditing } from "../../store/audit.ts";
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
  const auditing = useStore((state) => state.auditing);
  const runAudit = useStore((state) => state.runAudit);
  const cancelAudit = useStore((state) => state.cancelAudit);
  const frame = useRef<HTMLDivElement>(null);
  const running = auditing !== null;
  // The button that was pressed is no longer there: what replaces it takes the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the two
  useEffect(() => {
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
  }, [running]);
  return (
    <div ref={frame} tabIndex={-1} className={styles.looking}>
      {auditing ? (
        <>
          <progress
            aria-label={auditing.kind === "preparing" ? words.review.looking.preparing : words.review.looking.comparing}
            max={auditing.total || 1}
            value={auditing.total ? auditing.done : undefined}
          />
          <span role="status" aria-label={words.review.looking.statusLabel}>
            {statusOf(auditing)}
          </span>
          <button type="button" className={controls.button} onClick={cancelAudit}>
            {words.shared.cancel}
          </button>
        </>
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

function statusOf(auditing: Auditing): string {
  const { kind, done, total } = auditing;
  const { starting, comparingStatus, preparingStatus } = words.review.looking;
  if (!total) return starting;
  if (kind === "auditing") return comparingStatus({ step: Math.min(done + 1, total), total });
  return preparingStatus({ done, total, secondsLeft: done >= total ? null : auditing.secondsLeft });
}
