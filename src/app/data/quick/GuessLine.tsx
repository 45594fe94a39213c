import type { QuickAnswer } from "../../../worker/protocol/index.ts";
import { classColour } from "../../shared/class-colour.ts";
import { bestOf } from "../../store/quick.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import styles from "./Quick.module.css";
import { QuickGuess } from "./QuickGuess.tsx";

interface GuessLineProps {
  readonly answer: QuickAnswer | null;
  readonly of: string;
  readonly label: string;
  /** Whether an answer is on its way, for which there is to be room. */
  readonly awaited: boolean;
}

/** A quick guess in one line. */
export function GuessLine({ answer, of, label, awaited }: GuessLineProps) {
  const classes = useStore((state) => state.dataset.classes);
  const best = answer && bestOf(answer);
  const index = classes.findIndex(({ id }) => id === best?.classId);
  return (
    <>
      {best && index >= 0 ? (
        <p className={styles.line} aria-hidden="true">
          <span className={styles.label}>{label}</span>
          <span className={styles.dot} style={{ background: classColour(classes[index] ?? {}) }} />
          <span className={styles.guess}>
            {words.quick.guess({ className: nameOfClass(classes, best.classId), probability: best.probability })}
          </span>
        </p>
      ) : awaited ? (
        <div className={styles.line} />
      ) : null}
      <QuickGuess answer={index >= 0 ? answer : null} of={of} />
    </>
  );
}
