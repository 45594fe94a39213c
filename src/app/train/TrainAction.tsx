import { useEffect, useRef } from "react";
import type { ReadinessProblem } from "../../dataset/readiness.ts";
import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { Stale } from "../shared/Stale.tsx";
import { trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import { Result } from "./Result.tsx";
import { TrainButton } from "./TrainButton.tsx";
import { TrainingBar, TrainingStatus } from "./TrainingStatus.tsx";
import styles from "./TrainPlace.module.css";

interface TrainActionProps {
  readonly problems: readonly ReadinessProblem[];
  /** Whether a setting is out of its range. */
  readonly isSettingWrong: boolean;
}

/** What the place is for, always in sight: the button, how far training is, and what came of it. */
export function TrainAction({ problems, isSettingWrong }: TrainActionProps) {
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const run = useStore(runInUse);
  const button = useRef<HTMLButtonElement>(null);
  const result = useRef<HTMLElement>(null);
  useFocusAtTheEnd(idle, run?.id, () => {
    if (document.activeElement === button.current) result.current?.focus();
  });
  return (
    <section className={`${controls.card} ${styles.action}`} aria-label={words.train.action}>
      <div className={styles.status}>
        <TrainingStatus />
        <TrainingBar />
      </div>
      <TrainButton button={button} blocked={problems.length > 0 || isSettingWrong} />
      <div className={styles.outcome}>
        <Beside spot="train" />
        {isSettingWrong ? <p className={controls.problem}>{words.train.settingProblem}</p> : null}
        {problems.map((problem) => {
          const text = sentence(words.data.readiness, problem);
          return (
            <p key={text} className={controls.quiet}>
              {text}
            </p>
          );
        })}
        <Stale withButton={false} />
        <div role="status" aria-label={words.train.result.label}>
          {run && idle ? <Result run={run} focus={result} /> : null}
        </div>
      </div>
    </section>
  );
}

/** When nothing is trained any more and another run is in use than before, a training has ended. */
function useFocusAtTheEnd(idle: boolean, runId: string | undefined, move: () => void): void {
  const before = useRef(runId);
  useEffect(() => {
    if (!idle) return;
    if (before.current !== runId) move();
    before.current = runId;
  });
}
