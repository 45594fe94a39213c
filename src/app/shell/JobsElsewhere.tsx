import type { Place } from "../places.ts";
import { JobProgress } from "../shared/JobProgress.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./JobsElsewhere.module.css";

/** The jobs that are not shown at the current place. */
export function JobsElsewhere({ current }: { current: Place }) {
  const jobs = useStore((state) => state.jobs);
  const elsewhere = jobs.filter(({ place }) => place !== current);
  if (elsewhere.length === 0) return null;
  return (
    <ul className={styles.jobs} aria-label={words.jobs.list}>
      {elsewhere.map((job) => (
        <li key={job.id}>
          <JobProgress job={job} />
        </li>
      ))}
    </ul>
  );
}
