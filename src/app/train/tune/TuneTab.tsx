import { useState } from "react";
import type { ReadinessProblem } from "../../../dataset/readiness.ts";
import { BUDGETS, type Budget } from "../../../training/search/budgets.ts";
import { Beside } from "../../shared/Beside.tsx";
import controls from "../../shared/controls.module.css";
import { JobProgress } from "../../shared/JobProgress.tsx";
import { jobOf } from "../../store/jobs.ts";
import { useStore } from "../../store/store.ts";
import { sentence } from "../../words/faults.ts";
import { words } from "../../words/words.ts";
import { TunedResult } from "./TunedResult.tsx";
import styles from "./TuneTab.module.css";
import { TuningLive } from "./TuningLive.tsx";

const text = words.train.tune;

/** A search for better settings: how long it may take, what it tries, and what came of it. */
export function TuneTab({ problems }: { problems: readonly ReadinessProblem[] }) {
  const [budget, setBudget] = useState<Budget>(BUDGETS[0]);
  const job = useStore((state) => jobOf(state.jobs, "tune"));
  const tuning = useStore((state) => state.tuning);
  const tune = useStore((state) => state.tune);
  const others = useStore(
    ({ baseModels, baseModelId }) => baseModels.filter(({ id, card }) => card && id !== baseModelId).length,
  );
  return (
    <div className={styles.tune}>
      <section tabIndex={-1} className={`${controls.card} ${styles.card}`} aria-labelledby="tune-title">
        <h2 id="tune-title">{text.title}</h2>
        <p className={controls.quiet}>{text.explanation}</p>
        <fieldset className={styles.time} disabled={job !== undefined}>
          <legend className={controls.quiet}>{text.time}</legend>
          {BUDGETS.map((each) => (
            <label key={each}>
              <input type="radio" name="tune-time" checked={each === budget} onChange={() => setBudget(each)} />{" "}
              {text.budget(each)}
            </label>
          ))}
        </fieldset>
        {others > 0 ? <p className={controls.quiet}>{text.longer(others)}</p> : null}
        {problems.map((problem) => (
          <p key={problem.code} className={controls.quiet}>
            {sentence(words.data.readiness, problem)}
          </p>
        ))}
        <Beside spot="tune" />
        {job ? (
          <JobProgress job={job} statusName={text.status} />
        ) : (
          <button
            type="button"
            className={`${controls.button} ${controls.primary} ${styles.start}`}
            disabled={problems.length > 0}
            onClick={() => void tune(budget)}
          >
            {text.start}
          </button>
        )}
      </section>
      {tuning && (tuning.end === null ? <TuningLive tuning={tuning} /> : <TunedResult tuning={tuning} />)}
    </div>
  );
}
