import controls from "../../shared/controls.module.css";
import { plural } from "../../shared/format.ts";
import { useStore } from "../../store/store.ts";
import { Findings } from "./Findings.tsx";
import { Looking } from "./Looking.tsx";
import styles from "./Review.module.css";
import { TITLE_ID } from "./SuspicionList.tsx";
import { Suspicions } from "./Suspicions.tsx";
import { type Review, useReview } from "./useReview.ts";

/** What may be wrong with the photos, the worst first. Nothing is changed without its user. */
export function WorthALook() {
  const review = useReview();
  if (!review) return <Invitation />;
  return (
    <section className={styles.view} aria-labelledby={TITLE_ID}>
      <header className={styles.head}>
        <div>
          <h2 id={TITLE_ID} tabIndex={-1}>
            {title(review)}
          </h2>
          <p className={controls.quiet}>{standing(review)}</p>
        </div>
        <Looking label="Look again" />
      </header>
      <Findings review={review} />
      <Suspicions suspicions={review.suspicions} />
    </section>
  );
}

function Invitation() {
  const empty = useStore((state) => state.dataset.samples.length === 0);
  return (
    <section className={controls.empty} aria-labelledby={TITLE_ID}>
      <h2 id={TITLE_ID}>Let the model look through your photos</h2>
      <p className={controls.quiet}>
        It looks for labels that seem wrong, photos that are nearly the same, and photos that are unusual, blurred,
        dark, bright or tiny. You decide about each; nothing is changed by looking.
      </p>
      <p className={controls.quiet}>
        The first look prepares each photo, as training does: for 1,000 photos well under a minute with the built-in
        base model. After that a look takes seconds.
      </p>
      <Looking label="Look through my photos" primary disabled={empty} />
      {empty ? <p className={controls.quiet}>There are no photos yet.</p> : null}
    </section>
  );
}

function title({ suspicions, report }: Review): string {
  if (suspicions.length) return `${plural(suspicions.length, "thing")} worth a look`;
  return report.suspicions.length ? "Nothing is left to look at" : "Nothing looks wrong";
}

function standing({ photos, changed, suspicions }: Review): string {
  const looked = `${plural(photos, "photo")} looked at${suspicions.length ? ", the most suspicious first" : ""}.`;
  if (changed === 0) return looked;
  return `${looked} ${changed === 1 ? "1 photo has" : `${plural(changed, "photo")} have`} changed since: another look may find more.`;
}
