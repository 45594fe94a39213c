import type { Confusion } from "../../../evaluation/confusions.ts";
import controls from "../../shared/controls.module.css";
import { words } from "../../words/words.ts";
import type { Cell } from "../Mistakes.tsx";
import styles from "./Matrix.module.css";

interface ConfusedPairsProps {
  /** Most often first. */
  readonly confused: readonly Confusion[];
  readonly classNames: readonly string[];
  readonly cell: Cell | null;
  onCell(cell: Cell | null): void;
}

const SHOWN = 8;

/** What is most often wrongly called what; each opens its photos, as its cell does. */
export function ConfusedPairs({ confused, classNames, cell, onCell }: ConfusedPairsProps) {
  const { pairs: text } = words.matrix;
  return (
    <section className={styles.pairs}>
      <h3 id="pairs-title">{text.title}</h3>
      {confused.length ? null : <p className={controls.quiet}>{text.none}</p>}
      <ol aria-labelledby="pairs-title">
        {confused.slice(0, SHOWN).map(({ actual, predicted, photos, share }) => {
          const isChosen = cell?.actual === actual && cell.predicted === predicted;
          const [own = "", called = ""] = [classNames[actual], classNames[predicted]];
          return (
            <li key={`${actual} ${predicted}`}>
              <button
                type="button"
                aria-pressed={isChosen}
                onClick={() => onCell(isChosen ? null : { actual, predicted })}
              >
                {text.pair({ photos, share, actual: own, predicted: called })}
              </button>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
