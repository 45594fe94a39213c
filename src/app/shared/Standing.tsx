import { classesOf } from "../../dataset/dataset.ts";
import { hashOf, type Place } from "../places.ts";
import { runInUse } from "../store/runs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import controls from "./controls.module.css";
import { Stale } from "./Stale.tsx";
import styles from "./Standing.module.css";

interface StandingProps {
  readonly place: Place;
  /** The next sensible step. */
  readonly next?: { readonly text: string; readonly place: Place } | null;
}

/** On the Train page it is told beside the button Train. */
const SHOWS_RESULTS: readonly Place[] = ["Evaluate", "Use", "Export"];

/** The top of a place: where the project stands, and what comes next. */
export function Standing({ place, next }: StandingProps) {
  const dataset = useStore((state) => state.dataset);
  const classifier = useStore((state) => state.classifier);
  const run = useStore(runInUse);
  const standing = words.shared.standing({
    photos: dataset.samples.length,
    classes: classesOf(dataset).length,
    tested: run?.metrics ? { accuracy: run.metrics.accuracy.value, photos: run.counts.test } : null,
    classifier: !run && classifier ? classifier.name : null,
  });
  return (
    <header className={styles.standing}>
      <div className={styles.where}>
        <h1 tabIndex={-1}>{words.shell.places[place]}</h1>
        <p className={controls.quiet}>{standing}</p>
        {SHOWS_RESULTS.includes(place) ? <Stale withButton /> : null}
      </div>
      {next ? (
        <a className={`${controls.button} ${controls.primary} ${styles.next}`} href={hashOf(next.place)}>
          {next.text} <span aria-hidden="true">→</span>
        </a>
      ) : null}
    </header>
  );
}
