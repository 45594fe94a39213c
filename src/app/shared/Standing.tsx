import { hashOf, type Place } from "../places.ts";
import { useStore } from "../store/store.ts";
import controls from "./controls.module.css";
import { percent, plural } from "./format.ts";
import styles from "./Standing.module.css";

interface StandingProps {
  readonly title: string;
  /** The next sensible step. */
  readonly next?: { readonly text: string; readonly place: Place } | null;
}

/** The top of a place: where the project stands, and what comes next. */
export function Standing({ title, next }: StandingProps) {
  const dataset = useStore((state) => state.dataset);
  const classifier = useStore((state) => state.classifier);
  const report = useStore((state) => state.lastRun?.summary.report);
  const parts = [
    dataset.samples.length ? plural(dataset.samples.length, "photo") : "No photos yet",
    dataset.classes.length ? plural(dataset.classes.length, "class") : "",
    report?.photos ? `last run ${percent(report.accuracy.value)} on ${plural(report.photos, "test photo")}` : "",
    !report && classifier ? `using “${classifier.name}”` : "",
  ];
  return (
    <header className={styles.standing}>
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        <p className={controls.quiet}>{parts.filter(Boolean).join(", ")}</p>
      </div>
      {next ? (
        <a className={`${controls.button} ${controls.primary} ${styles.next}`} href={hashOf(next.place)}>
          {next.text} <span aria-hidden="true">→</span>
        </a>
      ) : null}
    </header>
  );
}
