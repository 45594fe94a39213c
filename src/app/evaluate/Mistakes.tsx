import { useMemo, useRef, useState } from "react";
import type { PhotoId, Sample } from "../../dataset/dataset.ts";
import type { EvaluationReport, Mistake } from "../../evaluation/report.ts";
import type { Run } from "../../project/run.ts";
import controls from "../shared/controls.module.css";
import { PhotoViewer, viewedSample } from "../shared/PhotoViewer.tsx";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { useStore } from "../store/store.ts";
import { Marked } from "../words/Marked.tsx";
import { words } from "../words/words.ts";
import styles from "./EvaluatePlace.module.css";

/** A place in the confusion matrix. */
export interface Cell {
  readonly actual: number;
  readonly predicted: number;
}

interface MistakesProps {
  readonly run: Run;
  /** Of the run's classes, as they are called today. */
  readonly classNames: readonly string[];
  readonly report: EvaluationReport;
  /** The cell whose mistakes are shown; null for all. */
  readonly cell: Cell | null;
}

/** The test photos that were called something else, the most confident first, and what can be done about a wrong label. */
export function Mistakes({ run, classNames, report, cell }: MistakesProps) {
  const samples = useStore((state) => state.dataset.samples);
  const byId = useMemo(() => new Map(samples.map((sample) => [sample.photo, sample])), [samples]);
  const shown = report.mistakes.filter(
    ({ actual, predicted }) => !cell || (cell.actual === actual && cell.predicted === predicted),
  );
  const isInUse = useStore((state) => state.classifier?.runId === run.id);
  const [large, setLarge] = useState<PhotoId | null>(null);
  const { mistakes: text } = words.evaluate;
  return (
    <section className={controls.card}>
      <h2 id="mistakes-title">{text.title}</h2>
      <p className={controls.quiet}>{report.mistakes.length ? text.explanation : text.none}</p>
      <ul className={styles.mistakes} aria-labelledby="mistakes-title">
        {shown.map((mistake) => {
          const sample = byId.get(mistake.photo);
          const [actual = "", predicted = ""] = [classNames[mistake.actual], classNames[mistake.predicted]];
          return (
            <li key={mistake.photo}>
              {sample ? (
                <button
                  type="button"
                  id={pictureId(mistake.photo)}
                  className={styles.picture}
                  aria-label={words.shared.viewer.enlarge(sample.fileName)}
                  onClick={() => setLarge(mistake.photo)}
                >
                  <Thumbnail photo={mistake.photo} alt={sample.fileName} />
                </button>
              ) : (
                <Thumbnail photo={mistake.photo} alt={text.gone} />
              )}
              <p>
                <Marked text={text.mistake({ actual, predicted, confidence: mistake.confidence })} />
              </p>
              {sample ? <Correction mistake={mistake} sample={sample} run={run} /> : null}
            </li>
          );
        })}
      </ul>
      {large === null ? null : (
        <PhotoViewer
          photos={shown.flatMap(({ photo }) => {
            const sample = byId.get(photo);
            return sample ? [viewedSample(sample)] : [];
          })}
          shown={large}
          explained={isInUse}
          onStep={setLarge}
          onClose={() => {
            setLarge(null);
            document.getElementById(pictureId(large))?.focus();
          }}
        />
      )}
    </section>
  );
}

function pictureId(photo: PhotoId): string {
  return `mistake-${photo}`;
}

interface CorrectionProps {
  readonly mistake: Mistake;
  readonly sample: Sample;
  readonly run: Run;
}

/** What can be done about the photo, or what was done since the run. */
function Correction({ mistake: { photo, actual, predicted }, sample, run }: CorrectionProps) {
  const classes = useStore((state) => state.dataset.classes);
  const { acceptMoves, clearSuspicions, excludePhotos } = useStore.getState();
  const acted = useRef(false);
  // The button that was pressed has gone: what it did takes the focus.
  const takeFocus = (element: HTMLElement | null) => {
    if (acted.current) element?.focus();
    acted.current = false;
  };
  const { mistakes: text } = words.evaluate;
  const did = whatWasDone();
  if (did) {
    return (
      <p ref={takeFocus} tabIndex={-1} className={controls.quiet}>
        {did}
      </p>
    );
  }
  const called = classes.find(({ id }) => id === run.classes[predicted]?.id);
  const { fileName } = sample;
  const one = new Set([photo]);
  const act = (action: () => void) => () => {
    acted.current = true;
    action();
  };
  return (
    <div className={styles.correction}>
      <button
        type="button"
        className={controls.button}
        aria-label={text.labelIsRightNamed(fileName)}
        onClick={act(() => clearSuspicions(one, "label"))}
      >
        <span>{text.labelIsRight}</span>
      </button>
      {called ? (
        <button
          type="button"
          className={controls.button}
          aria-label={text.moveToNamed({ name: called.name, fileName })}
          onClick={act(() => acceptMoves([{ photo, classId: called.id }]))}
        >
          <span>{text.moveTo(called.name)}</span>
        </button>
      ) : null}
      <button
        type="button"
        className={controls.button}
        aria-label={text.excludeNamed(fileName)}
        onClick={act(() => excludePhotos(one, true))}
      >
        {text.exclude}
      </button>
    </div>
  );

  function whatWasDone(): string | null {
    if (sample.excluded) return text.excluded;
    if (sample.classId === run.classes[actual]?.id) return sample.cleared.includes("label") ? text.kept : null;
    const own = classes.find(({ id }) => id === sample.classId);
    return own ? text.nowIn(own.name) : null;
  }
}
