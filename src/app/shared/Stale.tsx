import { useEffect } from "react";
import { runInUse } from "../store/runs.ts";
import { changesSinceRun } from "../store/stale.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import controls from "./controls.module.css";
import styles from "./Stale.module.css";

/** Says that the result shown no longer matches the project. @param withButton whether it offers to train again */
export function Stale({ withButton }: { withButton: boolean }) {
  const runId = useStore((state) => runInUse(state)?.id);
  const loadTaken = useStore((state) => state.loadTaken);
  const trainAgain = useStore((state) => state.trainAgain);
  const changes = useStore(changesSinceRun);
  useEffect(() => {
    if (runId !== undefined) void loadTaken();
  }, [runId, loadTaken]);
  if (changes === 0) return null;
  return (
    <div className={styles.stale}>
      <p>
        {words.shared.stale(changes)}
        {withButton ? "" : ` ${words.shared.trainAgain}.`}
      </p>
      {withButton ? (
        <button type="button" className={controls.button} onClick={() => void trainAgain()}>
          {words.shared.trainAgain}
        </button>
      ) : null}
    </div>
  );
}
