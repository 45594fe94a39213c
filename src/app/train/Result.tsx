import type { Ref } from "react";
import { type Run, rightOf, validationOf } from "../../project/run.ts";
import { hashOf } from "../places.ts";
import controls from "../shared/controls.module.css";
import { words } from "../words/words.ts";
import styles from "./TrainPlace.module.css";

const text = words.train.result;
/** An interval of more than this says little. */
const WIDE = 0.2;

/** What came of a training, and what to do next. */
export function Result({ run, focus }: { run: Run; focus: Ref<HTMLElement> }) {
  const { metrics, counts } = run;
  const accuracy = metrics?.accuracy;
  const fitted = text.fitted(run.outcome);
  return (
    <section ref={focus} tabIndex={-1} className={styles.result} aria-labelledby="result-title">
      <h2 id="result-title">{accuracy ? text.done({ right: rightOf(run), tested: counts.test }) : text.untested}</h2>
      <p className={controls.quiet}>
        {accuracy ? text.interval(accuracy) : text.withoutTest(validated(run))}
        {accuracy && accuracy.high - accuracy.low > WIDE ? ` ${text.wide}` : null}
      </p>
      {fitted ? <p className={controls.quiet}>{fitted}</p> : null}
      <nav className={controls.row} aria-label={text.next}>
        <a className={controls.button} href={hashOf("Evaluate")}>
          {text.evaluate}
        </a>
        <a className={controls.button} href={hashOf("Use")}>
          {text.use}
        </a>
        <a className={controls.button} href={hashOf("Export")}>
          {text.export}
        </a>
      </nav>
    </section>
  );
}

function validated(run: Run) {
  const validation = validationOf(run);
  return validation
    ? { accuracy: validation.value, photos: run.counts.validation }
    : ({ accuracy: null, photos: 0 } as const);
}
