import { useEffect, useMemo, useRef, useState } from "react";
import type { PhotoId } from "../../../dataset/dataset.ts";
import { type SortOrder, type Waiting, waitingPhotos } from "../../../dataset/sorting.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import review from "./Review.module.css";
import styles from "./Sort.module.css";
import { SortGrid } from "./SortGrid.tsx";
import { SortOneByOne } from "./SortOneByOne.tsx";
import { Suggesting } from "./Suggesting.tsx";
import { useReview } from "./useReview.ts";

const WAYS = ["oneByOne", "grid"] as const;

const ORDERS: readonly SortOrder[] = ["unsure", "sure", "given"];

/** Gives unsorted photos their class, with or without suggestions of the model. */
export function SortView() {
  const dataset = useStore((state) => state.dataset);
  const found = useReview();
  const [way, setWay] = useState<(typeof WAYS)[number]>("oneByOne");
  const [order, setOrder] = useState<SortOrder>("unsure");
  const waiting = useMemo(
    () => waitingPhotos(dataset, found?.report.predictions ?? [], order),
    [dataset, found?.report, order],
  );
  const all = useSeen(waiting);
  const suggested = waiting.filter(({ suggestion }) => suggestion).length;

  if (waiting.length === 0) return <Nothing sorted={all} />;
  return (
    <section className={review.view} aria-labelledby="sort-title">
      <header className={review.head}>
        <div className={styles.standing}>
          <h2 id="sort-title">{words.sort.standing({ sorted: all - waiting.length, total: all })}</h2>
          <progress aria-label={words.sort.progress} max={all} value={all - waiting.length} />
        </div>
        <div className={styles.ways}>
          <fieldset className={review.filter} aria-label={words.sort.showPhotos}>
            {WAYS.map((each) => (
              <button key={each} type="button" aria-pressed={each === way} onClick={() => setWay(each)}>
                {words.sort[each]}
              </button>
            ))}
          </fieldset>
          {suggested ? (
            <select
              aria-label={words.sort.order}
              value={order}
              onChange={({ currentTarget }) => setOrder(currentTarget.value as SortOrder)}
            >
              {ORDERS.map((each) => (
                <option key={each} value={each}>
                  {words.sort.orders[each]}
                </option>
              ))}
            </select>
          ) : null}
        </div>
      </header>
      <Suggesting waiting={waiting.length} suggested={suggested} changed={found?.changed ?? 0} />
      {way === "grid" ? <SortGrid waiting={waiting} /> : <SortOneByOne waiting={waiting} />}
    </section>
  );
}

/** How many photos have waited here since the view was opened, including those sorted meanwhile. */
function useSeen(waiting: readonly Waiting[]): number {
  const [seen, setSeen] = useState<ReadonlySet<PhotoId>>(new Set());
  if (waiting.some(({ sample }) => !seen.has(sample.photo))) {
    setSeen(new Set([...seen, ...waiting.map(({ sample }) => sample.photo)]));
  }
  return seen.size;
}

function Nothing({ sorted }: { sorted: number }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The focus was on the last photo, which is no longer there.
    if (sorted) title.current?.focus({ preventScroll: true });
  }, [sorted]);
  return (
    <section className={controls.empty} aria-labelledby="sort-title">
      <h2 ref={title} id="sort-title" tabIndex={-1} className={styles.title}>
        {sorted ? words.sort.allSorted(sorted) : words.sort.nothing}
      </h2>
      {sorted ? null : (
        <>
          <p className={controls.quiet}>{words.sort.explanation}</p>
          <p className={controls.quiet}>{words.sort.toTry}</p>
        </>
      )}
    </section>
  );
}
