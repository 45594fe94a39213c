import { useMemo, useRef, useState } from "react";
import type { PhotoId, Sample } from "../../dataset/dataset.ts";
import type { Answer } from "../../evaluation/measures.ts";
import type { EvaluationReport } from "../../evaluation/report.ts";
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
}

/** The photos that were called something else, the most confident first, and what can be done about a wrong label. */
export function Mistakes({ run, classNames, report }: MistakesProps) {
  const { mistakes: text } = words.evaluate;
  return (
    <section className={controls.card}>
      <h2 id="mistakes-title">{text.title}</h2>
      <p className={controls.quiet}>{report.mistakes.length ? text.explanation : text.none}</p>
      <AnsweredPhotos list="mistakes" run={run} classNames={classNames} answers={report.mistakes} />
    </section>
  );
}

interface AnsweredPhotosProps extends Pick<MistakesProps, "run" | "classNames"> {
  /** The list is named by the heading `${list}-title`. */
  readonly list: string;
  readonly answers: readonly Answer[];
}

/** As many photos are shown at first, and as many more on demand: thousands would make the page slow. */
const SHOWN_AT_ONCE = 60;

/** Photos with what was said of them, and what can be done about a wrong label. */
export function AnsweredPhotos({ list, run, classNames, answers }: AnsweredPhotosProps) {
  const samples = useStore((state) => state.dataset.samples);
  const byId = useMemo(() => new Map(samples.map((sample) => [sample.photo, sample])), [samples]);
  const [most, setMost] = useState(SHOWN_AT_ONCE);
  const shown = answers.slice(0, most);
  const isInUse = useStore((state) => state.classifier?.runId === run.id);
  const [large, setLarge] = useState<PhotoId | null>(null);
  const pictureId = (photo: PhotoId) => `${list}-${photo}`;
  const { mistakes: text } = words.evaluate;
  return (
    <>
      <ul className={styles.mistakes} aria-labelledby={`${list}-title`}>
        {shown.map((answer) => {
          const sample = byId.get(answer.photo);
          const [actual = "", predicted = ""] = [classNames[answer.actual], classNames[answer.predicted]];
          const { confidence } = answer;
          return (
            <li key={answer.photo}>
              {sample ? (
                <button
                  type="button"
                  id={pictureId(answer.photo)}
                  className={styles.picture}
                  aria-label={words.shared.viewer.enlarge(sample.fileName)}
                  onClick={() => setLarge(answer.photo)}
                >
                  <Thumbnail photo={answer.photo} alt={sample.fileName} />
                </button>
              ) : (
                <Thumbnail photo={answer.photo} alt={text.gone} />
              )}
              <p>
                <Marked
                  text={
                    answer.actual === answer.predicted
                      ? text.right({ actual, confidence })
                      : text.mistake({ actual, predicted, confidence })
                  }
                />
              </p>
              {sample ? <Correction answer={answer} sample={sample} run={run} /> : null}
            </li>
          );
        })}
      </ul>
      {shown.length < answers.length ? (
        <p className={controls.row}>
          <span className={controls.quiet}>{text.some(shown.length, answers.length)}</span>
          <button type="button" className={controls.button} onClick={() => setMost(most + SHOWN_AT_ONCE)}>
            {text.more}
          </button>
        </p>
      ) : null}
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
    </>
  );
}

interface CorrectionProps {
  readonly answer: Answer;
  readonly sample: Sample;
  readonly run: Run;
}

/** What can be done about the photo, or what was done since the run. */
function Correction({ answer: { photo, actual, predicted }, sample, run }: CorrectionProps) {
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
  const isMistake = actual !== predicted;
  const called = isMistake ? classes.find(({ id }) => id === run.classes[predicted]?.id) : undefined;
  const { fileName } = sample;
  const one = new Set([photo]);
  const act = (action: () => void) => () => {
    acted.current = true;
    action();
  };
  return (
    <div className={styles.correction}>
      {isMistake ? (
        <button
          type="button"
          className={controls.button}
          aria-label={text.labelIsRightNamed(fileName)}
          onClick={act(() => clearSuspicions(one, "label"))}
        >
          <span>{text.labelIsRight}</span>
        </button>
      ) : null}
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
