import { type RankedClass, ranked } from "../../evaluation/live.ts";
import { classColour } from "../shared/class-colour.ts";
import { words } from "../words/words.ts";
import styles from "./UsePlace.module.css";
import type { ShownClass } from "./useClassesInUse.ts";

interface BarsProps {
  readonly probabilities: readonly number[];
  /** In the order of the probabilities. */
  readonly classes: readonly ShownClass[];
  /** Best first, or each class always in the same place, which is calmer for live pictures. */
  readonly order: "best" | "fixed";
}

/** Bars of one photo. */
const MOST = 5;

/** The probability of each class. */
export function Bars({ probabilities, classes, order }: BarsProps) {
  const colours = new Map(classes.map(({ name, colour }) => [name, colour]));
  const names = classes.map(({ name }) => name);
  const fixed = names.map((className, at): RankedClass => ({ className, probability: probabilities[at] ?? 0 }));
  const shown = order === "best" ? ranked(probabilities, names).slice(0, MOST) : fixed;
  return (
    <div className={styles.bars}>
      {shown.map(({ className, probability }) => (
        <div key={className} className={styles.bar}>
          <span title={className}>{className}</span>
          <span className={styles.track}>
            <span
              className={styles.fill}
              style={{
                width: `${probability * 100}%`,
                background: classColour({ colour: colours.get(className) ?? 0 }),
              }}
            />
          </span>
          <span>{words.numbers.percent(probability)}</span>
        </div>
      ))}
    </div>
  );
}
