import { useMemo } from "react";
import type { EvaluationReport } from "../../evaluation/report.ts";
import controls from "../shared/controls.module.css";
import { percent } from "../shared/format.ts";
import { Thumbnail } from "../shared/Thumbnail.tsx";
import { useStore } from "../store/store.ts";
import styles from "./EvaluatePlace.module.css";

/** A place in the confusion matrix. */
export interface Cell {
  readonly actual: number;
  readonly predicted: number;
}

/** The test photos that were called something else, the surest first. */
export function Mistakes({ report, cell }: { report: EvaluationReport; cell: Cell | null }) {
  const samples = useStore((state) => state.dataset.samples);
  const fileNames = useMemo(() => new Map(samples.map(({ photo, fileName }) => [photo, fileName])), [samples]);
  const shown = report.mistakes.filter(
    ({ actual, predicted }) => !cell || (cell.actual === actual && cell.predicted === predicted),
  );
  return (
    <section className={controls.card}>
      <h2 id="mistakes-title">Mistakes</h2>
      <p className={controls.quiet}>
        {report.mistakes.length
          ? "The surest first. A wrong label among them is worth mending: change it on the Data page and train again."
          : "None: every test photo was called what it is."}
      </p>
      <ul className={styles.mistakes} aria-labelledby="mistakes-title">
        {shown.map(({ photo, actual, predicted, confidence }) => (
          <li key={photo}>
            <Thumbnail photo={photo} alt={fileNames.get(photo) ?? "a photo no longer here"} />
            <p>
              <strong>{report.classNames[actual]}</strong> called {report.classNames[predicted]}, {percent(confidence)}{" "}
              sure
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
