import { useMemo, useState } from "react";
import controls from "../../shared/controls.module.css";
import type { Batch } from "../../store/batch.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { useClassesInUse } from "../useClassesInUse.ts";
import styles from "./Batch.module.css";
import { BatchFilters } from "./BatchFilters.tsx";
import { BatchTable } from "./BatchTable.tsx";
import { BatchViewer } from "./BatchViewer.tsx";
import { OthersEvaluation } from "./OthersEvaluation.tsx";
import { type BatchOrder, EVERYTHING, shownRows } from "./rows.ts";

const text = words.batch;

/** Photos that were classified together: how good that was as far as it is known, and all of them in a table. */
export function BatchResults() {
  const batch = useStore((state) => state.batch);
  return batch ? <Results key={batch.name} batch={batch} /> : null;
}

function Results({ batch }: { batch: Batch }) {
  const { closeBatch, downloadResults } = useStore.getState();
  const { classNames } = useClassesInUse();
  const [filter, setFilter] = useState(EVERYTHING);
  const [order, setOrder] = useState<BatchOrder>({ column: "file", descending: false });
  const [large, setLarge] = useState<number | null>(null);
  const { photos, ignored, finished } = batch;
  const rows = useMemo(() => shownRows(photos, filter, order, classNames), [photos, filter, order, classNames]);
  return (
    <section className={`${controls.card} ${styles.results}`} aria-labelledby="batch-title">
      <header className={styles.head}>
        <div>
          <h2 id="batch-title" tabIndex={-1}>
            {text.title}
          </h2>
          <p className={controls.quiet}>{text.counted({ photos: photos.length, ignored })}</p>
        </div>
        <div className={controls.row}>
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            disabled={photos.length === 0}
            onClick={() => void downloadResults()}
          >
            {text.download}
          </button>
          <button type="button" className={controls.button} onClick={closeBatch}>
            {text.close}
          </button>
        </div>
      </header>
      {finished ? <OthersEvaluation batch={batch} /> : null}
      <BatchFilters filter={filter} onFilter={setFilter} shown={rows.length} photos={photos} />
      <BatchTable rows={rows} photos={photos} order={order} onOrder={setOrder} onEnlarge={setLarge} />
      {large === null ? null : <BatchViewer batch={batch} rows={rows} shown={large} onShow={setLarge} />}
    </section>
  );
}
