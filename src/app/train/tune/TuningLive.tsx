import { FOLDS } from "../../../training/search/budgets.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import type { Tuning } from "../../store/tuning.ts";
import { words } from "../../words/words.ts";
import { candidateInWords } from "./candidate-words.ts";
import { TriedTable } from "./TriedTable.tsx";
import styles from "./TuneTab.module.css";

const text = words.train.tune.live;

/** What is tried at the moment, and the best so far. */
export function TuningLive({ tuning: { report, trying } }: { tuning: Tuning }) {
  const baseModels = useStore((state) => state.baseModels);
  const { tried, ranking } = report;
  const [from] = tried;
  if (!from) return null;
  const now = trying ? tried[trying.candidate] : undefined;
  const best = tried[ranking[0] ?? -1];
  return (
    <section className={`${controls.card} ${styles.card}`} aria-labelledby="tuning-title">
      <h2 id="tuning-title">{text.title}</h2>
      <dl className={styles.facts}>
        <dt>{text.best}</dt>
        <dd>
          {best?.score ? (
            <>
              <strong>{text.right(best.score.accuracy)}</strong> {candidateInWords(from, best, baseModels)}
            </>
          ) : (
            text.none
          )}
        </dd>
        <dt>{text.trying}</dt>
        <dd>
          {now && trying ? (
            <>
              {candidateInWords(from, now, baseModels)}{" "}
              <span className={controls.quiet}>{text.fold({ fold: (trying.fold % FOLDS) + 1, folds: FOLDS })}</span>
            </>
          ) : (
            text.none
          )}
        </dd>
      </dl>
      <TriedTable report={report} />
    </section>
  );
}
