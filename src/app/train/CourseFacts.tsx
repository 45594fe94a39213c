import { trainingIn } from "../store/jobs.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Course.module.css";

const text = words.train.course.facts;

/** Beside the curves: where training stands, or how it ended. @param rate the learning rate of the last epoch; null where it had none */
export function CourseFacts({ rate }: { rate: number | null }) {
  const progress = useStore((state) => (trainingIn(state.jobs) ? state.course.progress : null));
  const patience = useStore((state) => (state.trainingWith ?? state.settings).patience);
  const run = useStore((state) => (trainingIn(state.jobs) ? undefined : runInUse(state)));
  const best = progress?.bestEpoch ?? run?.outcome.bestEpoch;
  return (
    <dl className={styles.facts}>
      {rate === null ? null : <Fact term={text.learningRate} value={words.numbers.decimal(rate, 8)} />}
      {best === undefined ? null : <Fact term={text.bestEpoch} value={words.numbers.count(best)} />}
      {progress ? (
        <Fact
          term={text.patienceLeft}
          value={text.left({ left: Math.max(0, patience - progress.sinceBest), patience })}
        />
      ) : null}
      {run ? <Fact term={text.end} value={words.train.outcome(run.outcome, run.settings.patience)} /> : null}
    </dl>
  );
}

function Fact({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  );
}
