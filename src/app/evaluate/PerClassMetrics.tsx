import type { EvaluationReport } from "../../evaluation/report.ts";
import { classColour } from "../shared/class-colour.ts";
import controls from "../shared/controls.module.css";
import { words } from "../words/words.ts";
import styles from "./EvaluatePlace.module.css";

interface PerClassMetricsProps {
  readonly classNames: readonly string[];
  /** Places in the palette, in the same order. */
  readonly colours: readonly number[];
  readonly report: EvaluationReport;
}

export function PerClassMetrics({ classNames, colours, report }: PerClassMetricsProps) {
  const { metrics: text, count } = words.evaluate;
  return (
    <section className={controls.card}>
      <h2 id="metrics-title">{text.title}</h2>
      <p className={controls.quiet}>{text.explanation}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={text.scrollable}>
        <table className={styles.table} aria-labelledby="metrics-title">
          <thead>
            <tr>
              {Object.entries(text.columns).map(([column, name]) => (
                <th key={column} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.classes.map(({ precision, recall, f1, support }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the report
              <tr key={index}>
                <th scope="row" title={classNames[index]}>
                  <span className={styles.dot} style={{ background: classColour({ colour: colours[index] ?? 0 }) }} />
                  {classNames[index]}
                </th>
                <td>{orDash(precision)}</td>
                <td>{orDash(recall)}</td>
                <td>{orDash(f1)}</td>
                <td>{count(support)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function orDash(value: number | null): string {
  return value === null ? words.evaluate.metrics.none : words.evaluate.percent(value);
}
