import { useMemo, useRef } from "react";
import type { Sample } from "../../dataset/dataset.ts";
import type { EvaluationReport, Mistake } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { percent } from "../shared/format.ts";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { useStore } from "../store/store.ts";
import styles from "./EvaluatePlace.module.css";

/** A place in the confusion matrix. */
export interface Cell {
  readonly actual: number;
  readonly predicted: number;
}

/** The test photos that were called something else, the surest first, and what can be done about a wrong label. */
export function Mistakes({ report, cell }: { report: EvaluationReport; cell: Cell | null }) {
  const samples = useStore((state) => state.dataset.samples);
  const byId = useMemo(() => new Map(samples.map((sample) => [sample.photo, sample])), [samples]);
  const shown = report.mistakes.filter(
    ({ actual, predicted }) => !cell || (cell.actual === actual && cell.predicted === predicted),
  );
  return (
    <section className={controls.card}>
      <h2 id="mistakes-title">Mistakes</h2>
      <p className={controls.quiet}>
        {report.mistakes.length
          ? "The surest first. Mend a label here where it is wrong, and only there, then train again: a label that is changed to please the model makes the test worthless."
          : "None: every test photo was called what it is."}
      </p>
      <ul className={styles.mistakes} aria-labelledby="mistakes-title">
        {shown.map((mistake) => {
          const sample = byId.get(mistake.photo);
          return (
            <li key={mistake.photo}>
              <Thumbnail photo={mistake.photo} alt={sample?.fileName ?? "a photo no longer here"} />
              <p>
                <strong>{report.classNames[mistake.actual]}</strong> called {report.classNames[mistake.predicted]},{" "}
                {percent(mistake.confidence)} sure
              </p>
              {sample ? <Mending mistake={mistake} sample={sample} report={report} /> : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

interface MendingProps {
  readonly mistake: Mistake;
  readonly sample: Sample;
  readonly report: EvaluationReport;
}

/** What can be done about the photo, or what was done since the run. */
function Mending({ mistake: { photo, actual, predicted }, sample, report }: MendingProps) {
  const classes = useStore((state) => state.dataset.classes);
  const { acceptMoves, excludePhotos } = useStore.getState();
  const acted = useRef(false);
  // The button that was pressed has gone: what it did takes the focus.
  const takeFocus = (element: HTMLElement | null) => {
    if (acted.current) element?.focus();
    acted.current = false;
  };
  const did = whatWasDone();
  if (did) {
    return (
      <p ref={takeFocus} tabIndex={-1} className={controls.quiet}>
        {did}
      </p>
    );
  }
  // The report knows its classes by name; one that was renamed since cannot be told.
  const called = classes.find(({ name }) => name === report.classNames[predicted]);
  return (
    <div className={styles.mending}>
      {called ? (
        <button
          type="button"
          className={controls.button}
          aria-label={`Move to ${called.name}: ${sample.fileName}`}
          onClick={() => {
            acted.current = true;
            acceptMoves([{ photo, classId: called.id }]);
          }}
        >
          <span>Move to {called.name}</span>
        </button>
      ) : null}
      <button
        type="button"
        className={controls.button}
        aria-label={`Exclude: ${sample.fileName}`}
        onClick={() => {
          acted.current = true;
          excludePhotos(new Set([photo]), true);
        }}
      >
        Exclude
      </button>
    </div>
  );

  function whatWasDone(): string | null {
    if (sample.excluded) return "Excluded";
    const own = classes.find(({ id }) => id === sample.classId);
    return own && own.name !== report.classNames[actual] ? `Now in ${own.name}` : null;
  }
}
