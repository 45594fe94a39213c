import type { Estimate } from "../../evaluation/report.ts";
import { changedSettings } from "../../training/changed-settings.ts";
import type { TrainingSettings } from "../../training/settings.ts";
import controls from "../shared/controls.module.css";
import { count, dateTime, percent } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import { changeInWords } from "../words/settings.ts";
import { words } from "../words/words.ts";
import styles from "./EvaluatePlace.module.css";

/** The runs of this project, once there is something to compare. */
export function EarlierRuns() {
  const runs = useStore((state) => state.runs);
  if (runs.length < 2) return null;
  return (
    <section className={`${controls.card} ${styles.runs}`}>
      <h2 id="runs-title">Earlier runs</h2>
      <p className={controls.quiet}>
        The latest first. Where the 95% intervals overlap, runs may differ by chance alone, or by other test photos.
        Photos: to train, validate and test.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label="Earlier runs, scrollable">
        <table className={styles.table} aria-labelledby="runs-title">
          <thead>
            <tr>
              {["Finished", "Test accuracy", "Macro F1", "Photos"].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
              <th scope="col" className={styles.words}>
                Base model
              </th>
              <th scope="col" className={styles.words}>
                Changed settings
              </th>
              <th scope="col" className={styles.words}>
                End
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.map(({ finishedAt, accuracy, macroF1, counts, baseModelName, settings, outcome }) => (
              <tr key={finishedAt}>
                <th scope="row">{dateTime(finishedAt)}</th>
                <td>
                  <Measured estimate={accuracy} />
                </td>
                <td>
                  <Measured estimate={macroF1} />
                </td>
                <td>{[counts.train, counts.validation, counts.test].map(count).join(" + ")}</td>
                <td className={styles.words}>{baseModelName}</td>
                <td className={styles.words}>{changes(settings).join(", ") || "None"}</td>
                <td className={styles.words}>{words.train.outcome(outcome, settings.patience)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function changes(settings: TrainingSettings): string[] {
  return changedSettings(settings).map((name) => changeInWords(words.settings, name, settings[name]));
}

function Measured({ estimate }: { estimate: Estimate | null }) {
  if (!estimate) return "–";
  return (
    <>
      {percent(estimate.value)}{" "}
      <span className={styles.interval}>
        {percent(estimate.low)} to {percent(estimate.high)}
      </span>
    </>
  );
}
