import type { EvaluationReport } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { count, percent } from "../shared/format.ts";
import styles from "./EvaluatePlace.module.css";

export function PerClassMetrics({ report }: { report: EvaluationReport }) {
  return (
    <section className={controls.card}>
      <h2 id="metrics-title">Per-class metrics</h2>
      <p className={controls.quiet}>
        Precision: of the photos called this class, how many are. Recall: of the photos of this class, how many were
        found.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Per-class metrics, scrollable">
        <table className={styles.table} aria-labelledby="metrics-title">
          <thead>
            <tr>
              {["Class", "Precision", "Recall", "F1", "Support"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.classes.map(({ className, precision, recall, f1, support }) => (
              <tr key={className}>
                <th scope="row">{className}</th>
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
  return value === null ? "–" : percent(value);
}
