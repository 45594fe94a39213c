import { useEffect, useMemo, useRef } from "react";
import type { Answer } from "../../../evaluation/measures.ts";
import type { Run } from "../../../project/run.ts";
import controls from "../../shared/controls.module.css";
import { words } from "../../words/words.ts";
import { AnsweredPhotos, type Cell } from "../Mistakes.tsx";
import styles from "./Matrix.module.css";

interface CellPhotosProps {
  readonly run: Run;
  readonly classNames: readonly string[];
  readonly cell: Cell;
  readonly answers: readonly Answer[];
  /** Whether the answers are those of every photo, and not of the mistakes alone. */
  readonly areAllKept: boolean;
  onClose(): void;
}

/** The photos of a cell of the matrix, the surest first, to be corrected or excluded. */
export function CellPhotos({ run, classNames, cell, answers, areAllKept, onClose }: CellPhotosProps) {
  const section = useRef<HTMLElement>(null);
  const { actual, predicted } = cell;
  const own = useMemo(
    () =>
      answers
        .filter((each) => each.actual === actual && each.predicted === predicted)
        .sort((a, b) => b.confidence - a.confidence),
    [answers, actual, predicted],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell is another place to look at
  useEffect(() => {
    section.current?.scrollIntoView({ block: "nearest" });
  }, [actual, predicted]);
  const { photos: text } = words.matrix;
  const names = { actual: classNames[actual] ?? "", predicted: classNames[predicted] ?? "" };
  return (
    <section ref={section} className={styles.photos} aria-labelledby="cell-title">
      <div className={styles.head}>
        <h3 id="cell-title">{text.title(names)}</h3>
        <button type="button" className={controls.button} onClick={onClose}>
          {text.close}
        </button>
      </div>
      {own.length || areAllKept ? (
        <AnsweredPhotos key={`${actual} ${predicted}`} list="cell" run={run} classNames={classNames} answers={own} />
      ) : (
        <p className={controls.quiet}>{text.notKept}</p>
      )}
    </section>
  );
}
