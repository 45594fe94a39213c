import { useMemo, useState } from "react";
import { type Findings, filterSamples, NO_FILTER } from "../../dataset/filter.ts";
import controls from "../shared/controls.module.css";
import { PhoneFold } from "../shared/PhoneFold.tsx";
import { jobOf } from "../store/jobs.ts";
import { splitsOf } from "../store/selectors.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./AllPhotos.module.css";
import { Filters } from "./Filters.tsx";
import { Legend } from "./grid/Legend.tsx";
import { PhotoGrid } from "./grid/PhotoGrid.tsx";
import { useReview } from "./review/useReview.ts";

/** All photos in one grid, or those that match the filters. */
export function AllPhotos() {
  const samples = useStore((state) => state.dataset.samples);
  const splits = useStore(splitsOf);
  const [filter, setFilter] = useState(NO_FILTER);
  const review = useReview();
  const importing = useStore((state) => jobOf(state.jobs, "import") !== undefined);
  const audit: Findings["audit"] = useMemo(
    () => review && { suspicions: review.suspicions, predictions: review.report.predictions },
    [review],
  );
  const shown = useMemo(() => filterSamples(samples, filter, { splits, audit }), [samples, filter, splits, audit]);
  const isFiltered = shown !== samples;
  return (
    <div className={styles.all}>
      <h2 className={controls.hidden}>{words.data.views.photos}</h2>
      <PhoneFold summary={words.filters.fold}>
        <Filters filter={filter} audit={audit} onChange={setFilter} />
      </PhoneFold>
      <Legend />
      {/* While photos come in, their number is no news. */}
      <p role="status" aria-live={importing ? "off" : "polite"} className={controls.quiet}>
        {isFiltered
          ? words.data.allPhotos.shown({ shown: shown.length, total: samples.length })
          : words.data.allPhotos.count(samples.length)}
      </p>
      {shown.length ? (
        <PhotoGrid samples={shown} classId={null} label={words.data.allPhotos.label} />
      ) : (
        <p className={controls.empty}>{samples.length ? words.data.allPhotos.noneMatch : words.data.allPhotos.none}</p>
      )}
    </div>
  );
}
