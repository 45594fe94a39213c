import { useMemo, useState } from "react";
import { type Findings, filterSamples, NO_FILTER } from "../../dataset/filter.ts";
import controls from "../shared/controls.module.css";
import { count, plural } from "../shared/format.ts";
import { splitsOf } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import styles from "./AllPhotos.module.css";
import { Filters } from "./Filters.tsx";
import { PhotoGrid } from "./grid/PhotoGrid.tsx";
import { useReview } from "./review/useReview.ts";

/** Every photo in one grid, or those that are looked for. */
export function AllPhotos() {
  const samples = useStore((state) => state.dataset.samples);
  const splits = useStore(splitsOf);
  const [filter, setFilter] = useState(NO_FILTER);
  const review = useReview();
  const audit: Findings["audit"] = useMemo(
    () => review && { suspicions: review.suspicions, predictions: review.report.predictions },
    [review],
  );
  const shown = useMemo(() => filterSamples(samples, filter, { splits, audit }), [samples, filter, splits, audit]);
  const isFiltered = shown !== samples;
  return (
    <div className={styles.all}>
      <Filters filter={filter} audit={audit} onChange={setFilter} />
      <p role="status" className={controls.quiet}>
        {isFiltered ? `${count(shown.length)} of ${plural(samples.length, "photo")}` : plural(samples.length, "photo")}
      </p>
      {shown.length ? (
        <PhotoGrid samples={shown} classId={null} label="All photos" />
      ) : (
        <p className={controls.empty}>
          {samples.length ? "No photo is like this. Ask for less." : "No photos yet. Drop some anywhere on this page."}
        </p>
      )}
    </div>
  );
}
