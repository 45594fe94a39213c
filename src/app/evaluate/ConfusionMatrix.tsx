import type { CSSProperties } from "react";
import type { EvaluationReport } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { words } from "../words/words.ts";
import matrix from "./ConfusionMatrix.module.css";
import styles from "./EvaluatePlace.module.css";
import type { Cell } from "./Mistakes.tsx";

interface ConfusionMatrixProps {
  readonly classNames: readonly string[];
  readonly report: EvaluationReport;
  /** The cell whose mistakes are shown; null for all. */
  readonly cell: Cell | null;
  onCell(cell: Cell | null): void;
}

/** More classes do not fit into half the width of the page. */
const FEW = 4;
/** More classes have their names upright over narrow columns. */
const MANY = 8;

export function ConfusionMatrix({ classNames, report, cell, onCell }: ConfusionMatrixProps) {
  const { confusion: text } = words.evaluate;
  return (
    <section className={`${controls.card} ${classNames.length > FEW ? styles.wide : ""}`}>
      <h2 id="confusion-title">{text.title}</h2>
      <p className={controls.quiet}>{text.explanation}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={`${styles.scroll} ${matrix.bounded}`} tabIndex={0} aria-label={text.scrollable}>
        <table
          className={`${styles.table} ${matrix.matrix} ${classNames.length > MANY ? matrix.dense : ""}`}
          aria-labelledby="confusion-title"
        >
          <thead>
            <tr>
              <th scope="col">{text.trueClass}</th>
              {classNames.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the report
                <th key={at} scope="col" title={name}>
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.confusion.map((row, actual) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the report
              <tr key={actual}>
                <th scope="row" title={classNames[actual]}>
                  {classNames[actual]}
                </th>
                {row.map((photos, predicted) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the report
                  <td key={predicted}>
                    <CellButton
                      photos={photos}
                      share={photos / Math.max(1, report.classes[actual]?.support ?? 1)}
                      here={{ actual, predicted }}
                      names={[classNames[actual] ?? "", classNames[predicted] ?? ""]}
                      isChosen={cell?.actual === actual && cell.predicted === predicted}
                      onCell={onCell}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

interface CellButtonProps {
  readonly photos: number;
  /** Of the true class's photos, 0..1. */
  readonly share: number;
  readonly here: Cell;
  /** Of the true and the predicted class. */
  readonly names: readonly [actual: string, predicted: string];
  readonly isChosen: boolean;
  onCell(cell: Cell | null): void;
}

function CellButton({ photos, share, here, names: [actual, predicted], isChosen, onCell }: CellButtonProps) {
  const isRight = here.actual === here.predicted;
  return (
    <button
      type="button"
      className={`${matrix.cell} ${isRight ? matrix.right : matrix.wrong}`}
      style={{ "--share": `${Math.round(share * 55)}%` } as CSSProperties}
      data-strong={photos > 0}
      disabled={photos === 0 || isRight}
      aria-pressed={isChosen}
      aria-label={words.evaluate.confusion.cell({ photos, actual, predicted })}
      onClick={() => onCell(isChosen ? null : here)}
    >
      {words.evaluate.count(photos)}
    </button>
  );
}
