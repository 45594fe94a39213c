import { readiness } from "../../../dataset/readiness.ts";
import controls from "../../shared/controls.module.css";
import { count, plural } from "../../shared/format.ts";
import { useStore } from "../../store/store.ts";
import styles from "./Suspicions.module.css";
import type { Review } from "./useReview.ts";

/** What is to be said of the photos as a whole. */
export function Findings({ review }: { review: Review }) {
  const dataset = useStore((state) => state.dataset);
  const { problems, hints } = readiness(dataset);
  return (
    <ul className={`${controls.quiet} ${styles.findings}`} aria-label="All photos together">
      {[...problems, ...hints, duplicates(review)].map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function duplicates({ report: { groups, similarityThreshold } }: Review): string {
  const threshold = `similarity ${similarityThreshold.toLocaleString()} or more, or less where the pictures agree in large`;
  if (groups.length === 0) return `No two photos are nearly the same (${threshold}).`;
  const photos = groups.reduce((sum, group) => sum + group.length, 0);
  return `${count(photos)} photos are in ${plural(groups.length, "group")} of near-duplicates (${threshold}). Each group is kept in one split.`;
}
