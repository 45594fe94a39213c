import { useEffect, useRef } from "react";
import controls from "../../shared/controls.module.css";
import { count, duration } from "../../shared/format.ts";
import { Icon } from "../../shared/Icon.tsx";
import type { Auditing } from "../../store/audit.ts";
import { useStore } from "../../store/store.ts";
import styles from "./Review.module.css";

interface LookingProps {
  readonly label: string;
  readonly primary?: boolean;
  readonly disabled?: boolean;
}

/** The button that starts a look through the photos; while it is under way, how far it is. */
export function Looking({ label, primary = false, disabled = false }: LookingProps) {
  const auditing = useStore((state) => state.auditing);
  const runAudit = useStore((state) => state.runAudit);
  const cancelAudit = useStore((state) => state.cancelAudit);
  const frame = useRef<HTMLDivElement>(null);
  const running = auditing !== null;
  // The button that was pressed has gone: what is in its place takes the focus.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each change of the two
  useEffect(() => {
    if (document.activeElement === document.body) frame.current?.focus({ preventScroll: true });
  }, [running]);
  return (
    <div ref={frame} tabIndex={-1} className={styles.looking}>
      {auditing ? (
        <>
          <progress
            aria-label={auditing.kind === "preparing" ? "Preparing photos" : "Looking through photos"}
            max={auditing.total || 1}
            value={auditing.total ? auditing.done : undefined}
          />
          <span role="status" aria-label="Looking status">
            {sentence(auditing)}
          </span>
          <button type="button" className={controls.button} onClick={cancelAudit}>
            Cancel
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

function sentence(auditing: Auditing): string {
  const { kind, done, total } = auditing;
  if (!total) return "Getting ready …";
  if (kind === "auditing") return `Comparing: step ${count(Math.min(done + 1, total))} of ${count(total)}`;
  const left = auditing.secondsLeft === null || done >= total ? "" : `, ${duration(auditing.secondsLeft)} left`;
  return `Preparing photos: ${count(done)} of ${count(total)}${left}`;
}
