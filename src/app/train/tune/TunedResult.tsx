import { useRef } from "react";
import type { SearchReport } from "../../../evaluation/search-report.ts";
import { type Candidate, changedFrom } from "../../../training/search/candidates.ts";
import { hashOf } from "../../places.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import type { Tuning } from "../../store/tuning.ts";
import { words } from "../../words/words.ts";
import { candidateInWords } from "./candidate-words.ts";
import { TriedTable } from "./TriedTable.tsx";
import styles from "./TuneTab.module.css";

const text = words.train.tune.result;

/** What won, by how much, whether that is more than noise, and the settings with one click. */
export function TunedResult({ tuning: { report, end, tooSlow, dataset } }: { tuning: Tuning }) {
  const baseModels = useStore((state) => state.baseModels);
  const isStale = useStore((state) => state.dataset !== dataset);
  const { gain, photos, ranking, tried } = report;
  const [from] = tried;
  const best = ranking[0] ?? 0;
  const winner = tried[best];
  const names = baseModels.filter(({ id }) => tooSlow.includes(id)).map(({ name }) => name);
  return (
    <section className={`${controls.card} ${styles.card}`} aria-labelledby="tuned-title">
      <h2 id="tuned-title">{text.title}</h2>
      {isStale ? <p className={controls.problem}>{text.changed}</p> : null}
      <p role="status" className={styles.verdict}>
        {verdictOn(report)}
      </p>
      {gain ? <p className={controls.quiet}>{text.interval({ ...gain, photos })}</p> : null}
      {gain && from && winner ? (
        <>
          <dl className={styles.facts}>
            <dt>{text.winner}</dt>
            <dd>{candidateInWords(from, winner, baseModels)}</dd>
          </dl>
          <UseIt candidate={winner} at={best} isBetter={!gain.isWithinNoise} />
          <p className={controls.quiet}>{text.caution}</p>
        </>
      ) : null}
      <p className={controls.quiet}>
        {end ? text.end(end) : null} {names.length ? text.tooSlow(names) : null}
      </p>
      <TriedTable report={report} />
    </section>
  );
}

function verdictOn({ tried, ranking, gain }: SearchReport): string {
  const winner = tried[ranking[0] ?? -1];
  if (!winner?.score) return text.nothing;
  const { accuracy } = winner.score;
  const others = tried.filter(({ standing }, at) => at > 0 && (standing === "complete" || standing === "left")).length;
  if (ranking.length === 1) return others ? text.yoursAreBest({ accuracy, tried: others }) : text.alone;
  if (!gain) return text.yoursAreBest({ accuracy, tried: others });
  return (gain.isWithinNoise ? text.withinNoise : text.better)({ gain: gain.mean, accuracy });
}

interface UseItProps {
  readonly candidate: Candidate;
  /** Its place in the report. */
  readonly at: number;
  /** By more than noise. */
  readonly isBetter: boolean;
}

function UseIt({ candidate, at, isBetter }: UseItProps) {
  const used = useRef<HTMLParagraphElement>(null);
  const takeTuned = useStore((state) => state.takeTuned);
  const train = useStore((state) => state.train);
  const isUsed = useStore(({ settings, baseModelId }) => {
    const { fineTune, folds } = candidate.settings;
    const own = { settings: { ...settings, fineTune, folds }, baseModelId: candidate.baseModelId };
    return baseModelId === candidate.baseModelId && changedFrom(own, candidate).length === 0;
  });
  const take = () => {
    takeTuned(at);
    // The button that was pressed is gone.
    requestAnimationFrame(() => used.current?.focus());
  };
  if (isUsed) {
    return (
      <p ref={used} tabIndex={-1} className={styles.used}>
        {text.used}
      </p>
    );
  }
  return (
    <div className={controls.row}>
      <button type="button" className={`${controls.button} ${isBetter ? controls.primary : ""}`} onClick={take}>
        {text.use}
      </button>
      <button
        type="button"
        className={controls.button}
        onClick={() => {
          takeTuned(at);
          location.hash = hashOf("Train");
          void train();
        }}
      >
        {text.useAndTrain}
      </button>
    </div>
  );
}
