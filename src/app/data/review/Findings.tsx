import controls from "../../shared/controls.module.css";
import { words } from "../../words/words.ts";
import { useReadinessNotes } from "../useReadinessNotes.ts";
import styles from "./Suspicions.module.css";
import type { Review } from "./useReview.ts";

/** What can be said about the photos as a whole. */
export function Findings({ review }: { review: Review }) {
  const notes = useReadinessNotes();
  return (
    <ul className={`${controls.quiet} ${styles.findings}`} aria-label={words.review.wholeLabel}>
      {[...notes, duplicates(review)].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function duplicates({ report: { groups } }: Review): string {
  if (groups.length === 0) return words.review.noDuplicates;
  const photos = groups.reduce((sum, group) => sum + group.length, 0);
  return words.review.duplicates({ photos, groups: groups.length });
}
