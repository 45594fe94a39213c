import { useEffect, useMemo, useRef, useState } from "react";
import type { PhotoId } from "../../../dataset/dataset.ts";
import { type SortOrder, type Waiting, waitingPhotos } from "../../../dataset/sorting.ts";
import controls from "../../shared/controls.module.css";
import { count } from "../../shared/format.ts";
import { useStore } from "../../store/store.ts";
import review from "./Review.module.css";
import styles from "./Sort.module.css";
import { SortGrid } from "./SortGrid.tsx";
import { SortOneByOne } from "./SortOneByOne.tsx";
import { Suggesting } from "./Suggesting.tsx";
import { useReview } from "./useReview.ts";

const WAYS = ["One by one", "Grid"] as const;

const ORDERS: readonly { readonly order: SortOrder; readonly text: string }[] = [
  { order: "unsure", text: "Unsure first" },
  { order: "sure", text: "Sure first" },
  { order: "given", text: "As they came" },
];

/** Gives unsorted photos their class, with the model's suggestions or without. */
export function SortView() {
  const dataset = useStore((state) => state.dataset);
  const found = useReview();
  const [way, setWay] = useState<(typeof WAYS)[number]>("One by one");
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
          <h2 id="sort-title">
            {count(all - waiting.length)} of {count(all)} sorted
          </h2>
          <progress aria-label="Sorted" max={all} value={all - waiting.length} />
        </div>
        <div className={styles.ways}>
          <fieldset className={review.filter} aria-label="Show photos">
            {WAYS.map((each) => (
              <button key={each} type="button" aria-pressed={each === way} onClick={() => setWay(each)}>
                {each}
              </button>
            ))}
          </fieldset>
          {suggested ? (
            <select
              aria-label="Order"
              value={order}
              onChange={({ currentTarget }) => setOrder(currentTarget.value as SortOrder)}
            >
              {ORDERS.map((each) => (
                <option key={each.order} value={each.order}>
                  {each.text}
                </option>
              ))}
            </select>
          ) : null}
        </div>
      </header>
      <Suggesting waiting={waiting.length} suggested={suggested} changed={found?.changed ?? 0} />
      {way === "Grid" ? <SortGrid waiting={waiting} /> : <SortOneByOne waiting={waiting} />}
    </section>
  );
}

/** How many photos have waited here since the view was opened, those that have been sorted included. */
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
    // The last photo has taken the focus with it.
    if (sorted) title.current?.focus({ preventScroll: true });
  }, [sorted]);
  return (
    <section className={controls.empty} aria-labelledby="sort-title">
      <h2 ref={title} id="sort-title" tabIndex={-1} className={styles.title}>
        {sorted ? `All ${count(sorted)} photos are sorted` : "No photos wait to be sorted"}
      </h2>
      {sorted ? null : (
        <>
          <p className={controls.quiet}>
            Photos without a folder go to “Unsorted” and wait here. Give each its class with one key. Once two classes
            have photos, the model suggests the class of all others, and you only say yes or no.
          </p>
          <p className={controls.quiet}>
            To try it, drop loose photos anywhere on this page: they wait here unless “Loose photos go to” names a
            class.
          </p>
        </>
      )}
    </section>
  );
}
