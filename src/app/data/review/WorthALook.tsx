import controls from "../../shared/controls.module.css";
import { PhoneFold } from "../../shared/PhoneFold.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { Findings } from "./Findings.tsx";
import { Looking } from "./Looking.tsx";
import styles from "./Review.module.css";
import { TITLE_ID } from "./SuspicionList.tsx";
import { Suspicions } from "./Suspicions.tsx";
import { type Review, useReview } from "./useReview.ts";

/** What may be wrong with the photos, the most suspicious first. Nothing changes without a decision of the user. */
export function WorthALook() {
  const review = useReview();
  if (!review) return <Invitation />;
  return (
    <section className={styles.view} aria-labelledby={TITLE_ID}>
      <header className={styles.head}>
        <div>
          <h2 id={TITLE_ID} tabIndex={-1}>
            {titleOf(review)}
          </h2>
          <p className={controls.quiet}>{standingOf(review)}</p>
        </div>
        <Looking label={words.review.lookAgain} />
      </header>
      <PhoneFold summary={words.review.wholeLabel}>
        <Findings review={review} />
      </PhoneFold>
      <Suspicions suspicions={review.suspicions} />
    </section>
  );
}

function Invitation() {
  const empty = useStore((state) => state.dataset.samples.length === 0);
  const { title, explanation, cost, look, noPhotos } = words.review.invitation;
  return (
    <section className={controls.empty} aria-labelledby={TITLE_ID}>
      <h2 id={TITLE_ID}>{title}</h2>
      <p className={controls.quiet}>{explanation}</p>
      <p className={controls.quiet}>{cost}</p>
      <Looking label={look} primary disabled={empty} />
      {empty ? <p className={controls.quiet}>{noPhotos}</p> : null}
    </section>
  );
}

function titleOf({ suspicions, report }: Review): string {
  if (suspicions.length) return words.review.found(suspicions.length);
  return report.suspicions.length ? words.review.nothingLeft : words.review.nothingFound;
}

function standingOf({ photos, changed, suspicions }: Review): string {
  return words.review.standing({ looked: photos, changed, ranked: suspicions.length > 0 });
}
