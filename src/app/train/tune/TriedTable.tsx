import type { SearchReport } from "../../../evaluation/search-report.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { candidateInWords } from "./candidate-words.ts";
import styles from "./TuneTab.module.css";

const text = words.train.tune.tried;

/** Every candidate that was tried, the best first, one fold away. */
export function TriedTable({ report: { tried, ranking } }: { report: SearchReport }) {
  const baseModels = useStore((state) => state.baseModels);
  const [from] = tried;
  if (!from) return null;
  const ranked = ranking.flatMap((at) => tried[at] ?? []);
  const others = tried
    .filter((each) => !ranked.includes(each) && (each.score || each.standing === "failed"))
    .toSorted((a, b) => b.folds - a.folds || (b.score?.accuracy ?? 0) - (a.score?.accuracy ?? 0));
  return (
    <details className={styles.tried}>
      <summary>{text.title}</summary>
      <p className={controls.quiet}>{text.explanation}</p>
      <table className={styles.table} aria-label={text.title}>
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
          {[...ranked, ...others].map((each) => {
            const standing = text.standing[each.standing];
            return (
              <tr key={tried.indexOf(each)}>
                <th scope="row">
                  {candidateInWords(from, each, baseModels)}
                  {standing ? <span className={styles.standing}>{standing}</span> : null}
                </th>
                <td>{each.score ? text.percent(each.score.accuracy) : text.none}</td>
                <td>{each.score ? text.loss(each.score.loss) : text.none}</td>
                <td>{text.count(each.folds)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </details>
  );
}
