import { useMemo } from "react";
import { evaluateOthers } from "../../../evaluation/other-photos.ts";
import type { Estimate } from "../../../evaluation/report.ts";
import controls from "../../shared/controls.module.css";
import type { Batch } from "../../store/batch.ts";
import { runInUse } from "../../store/runs.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { useClassesInUse } from "../useClassesInUse.ts";
import styles from "./Batch.module.css";
import { predictionOf } from "./rows.ts";

const text = words.batch.others;

/** How good the classifier is on the photos whose class is known and that it has not seen before. */
export function OthersEvaluation({ batch: { photos } }: { batch: Batch }) {
  const { classNames } = useClassesInUse();
  const runId = useStore((state) => runInUse(state)?.id);
  const taken = useStore((state) => state.taken);
  const known = useMemo(
    () => new Set(taken && taken.run === runId ? (taken.photos?.photos ?? []) : []),
    [taken, runId],
  );
  const { report, seen, unlabelled } = useMemo(() => {
    const answered = photos.flatMap((photo) => {
      const predicted = predictionOf(photo);
      return predicted && "photo" in photo.outcome
        ? [{ actual: photo.actual, predicted: predicted.place, seen: known.has(photo.outcome.photo) }]
        : [];
    });
    const labelled = answered.flatMap(({ actual, ...rest }) => (actual === null ? [] : [{ actual, ...rest }]));
    const fresh = labelled.filter((each) => !each.seen);
    return {
      report: evaluateOthers(fresh, classNames.length),
      seen: labelled.length - fresh.length,
      unlabelled: answered.length - labelled.length,
    };
  }, [photos, known, classNames.length]);
  if (!report) return <p className={controls.quiet}>{seen ? text.allTaken : text.hint}</p>;
  const notes = [
    text.right({ right: report.right, of: report.photos }),
    ...(report.confused.length
      ? [
          text.confused(
            report.confused.map((pair) => ({
              actual: classNames[pair.actual] ?? "",
              predicted: classNames[pair.predicted] ?? "",
              photos: pair.photos,
            })),
          ),
        ]
      : []),
    ...(seen ? [text.taken(seen)] : []),
    ...(unlabelled ? [text.unlabelled(unlabelled)] : []),
  ];
  return (
    <section className={styles.others} aria-label={text.title}>
      <dl>
        <Figure term={text.accuracy} estimate={report.accuracy} />
        <Figure term={text.macroF1} estimate={report.macroF1} />
      </dl>
      <p className={controls.quiet}>{notes.join(" ")}</p>
    </section>
  );
}

function Figure({ term, estimate }: { term: string; estimate: Estimate }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <strong>{words.numbers.percent(estimate.value)}</strong>{" "}
        <span className={controls.quiet}>{words.evaluate.interval(estimate)}</span>
      </dd>
    </div>
  );
}
