import type { CSSProperties } from "react";
import type { EvaluationReport } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { count } from "../shared/format.ts";
import styles from "./EvaluatePlace.module.css";
import type { Cell } from "./Mistakes.tsx";

interface ConfusionMatrixProps {
  readonly report: EvaluationReport;
  /** The cell whose mistakes are shown; null for all. */
  readonly cell: Cell | null;
  onCell(cell: Cell | null): void;
}

export function ConfusionMatrix({ report: { classNames, confusion, classes }, cell, onCell }: ConfusionMatrixProps) {
  return (
    <section className={controls.card}>
      <h2 id="confusion-title">Confusion matrix</h2>
      <p className={controls.quiet}>
        A row for each true class, a column for what was said. Choose a cell to see its mistakes.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Confusion matrix, scrollable">
        <table className={`${styles.table} ${styles.matrix}`} aria-labelledby="confusion-title">
          <thead>
            <tr>
              <th scope="col">True class</th>
              {classNames.map((name) => (
                <th key={name} scope="col" title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, actual) => (
              <tr key={classNames[actual]}>
                <th scope="row">{classNames[actual]}</th>
                {row.map((photos, predicted) => {
                  const isHere = cell?.actual === actual && cell.predicted === predicted;
                  const share = photos / Math.max(1, classes[actual]?.support ?? 1);
                  return (
                    <td key={classNames[predicted]}>
                      <button
                        type="button"
                        className={`${styles.cell} ${actual === predicted ? styles.right : styles.wrong}`}
                        style={{ "--share": `${Math.round(share * 55)}%` } as CSSProperties}
                        data-strong={photos > 0}
                        disabled={photos === 0 || actual === predicted}
                        aria-pressed={isHere}
                        aria-label={`${photos} of ${classNames[actual]} called ${classNames[predicted]}`}
                        onClick={() => onCell(isHere ? null : { actual, predicted })}
                      >
                        {count(photos)}
                      </button>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
