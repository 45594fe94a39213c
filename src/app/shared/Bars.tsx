import { coloursOf } from "../../dataset/colours.ts";
import { type RankedClass, ranked } from "../../evaluation/live.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./Bars.module.css";
import { classColour } from "./class-colour.ts";

interface BarsProps {
  readonly probabilities: readonly number[];
  readonly classNames: readonly string[];
  /** Places in the palette; left out, those of the dataset's classes of these names. */
  readonly colours?: readonly number[];
  /** Best first, or each class always in the same place, which is calmer for live pictures. */
  readonly order: "best" | "fixed";
}

/** The probability of each class. */
export function Bars({ probabilities, classNames, colours, order }: BarsProps) {
  const dataset = useStore((state) => state.dataset);
  const byName = () =>
    coloursOf(
      classNames.map((name) => ({ id: null, name })),
      dataset,
    );
  const places = colours ?? byName();
  const colourOf = (className: string) => classColour({ colour: places[classNames.indexOf(className)] ?? 0 });
  const best = ranked(probabilities, classNames);
  const fixed = classNames.map((className, at): RankedClass => ({ className, probability: probabilities[at] ?? 0 }));
  return (
    <div className={styles.bars}>
      {(order === "best" ? best.slice(0, 5) : fixed).map(({ className, probability }) => (
        <div key={className} className={styles.bar}>
          <span title={className}>{className}</span>
          <span className={styles.track}>
            <span className={styles.fill} style={{ width: `${probability * 100}%`, background: colourOf(className) }} />
          </span>
          <span>{words.numbers.percent(probability)}</span>
        </div>
      ))}
    </div>
  );
}
