import { useRef } from "react";
import { Icon } from "../../shared/Icon.tsx";
import type { BatchPhoto } from "../../store/batch.ts";
import { words } from "../../words/words.ts";
import styles from "./Batch.module.css";
import { BatchRow } from "./BatchRow.tsx";
import type { BatchOrder, SortColumn } from "./rows.ts";
import { useRowWindow } from "./useRowWindow.ts";

const text = words.batch;

/** As in `Batch.module.css`. */
const ROW_HEIGHT = 72;

interface BatchTableProps {
  readonly rows: readonly BatchPhoto[];
  /** All photos of the batch. */
  readonly photos: readonly BatchPhoto[];
  readonly order: BatchOrder;
  onOrder(order: BatchOrder): void;
  onEnlarge(id: number): void;
}

/** A row for each photo, of which only those in view are drawn. */
export function BatchTable({ rows, photos, order, onOrder, onEnlarge }: BatchTableProps) {
  const viewport = useRef<HTMLElement>(null);
  const { first, end } = useRowWindow(viewport, rows.length, ROW_HEIGHT);
  const hasOwn = photos.some(({ className }) => className !== null);
  const columns: SortColumn[] = hasOwn
    ? ["file", "predicted", "confidence", "own"]
    : ["file", "predicted", "confidence"];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={viewport} className={styles.viewport} tabIndex={0} aria-label={text.scrollable}>
      <table className={styles.table} aria-label={text.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Heading key={column} column={column} order={order} onOrder={onOrder} />
            ))}
            <th scope="col">{text.action}</th>
          </tr>
        </thead>
        <Spacer rows={first} />
        <tbody>
          {rows.slice(first, end).map((photo, at) => (
            <BatchRow key={photo.id} photo={photo} at={first + at} hasOwn={hasOwn} onEnlarge={onEnlarge} />
          ))}
        </tbody>
        <Spacer rows={rows.length - end} />
      </table>
    </section>
  );
}

interface HeadingProps {
  readonly column: SortColumn;
  readonly order: BatchOrder;
  onOrder(order: BatchOrder): void;
}

function Heading({ column, order, onOrder }: HeadingProps) {
  const isSorted = order.column === column;
  return (
    <th scope="col" aria-sort={isSorted ? (order.descending ? "descending" : "ascending") : "none"}>
      <button
        type="button"
        className={styles.sort}
        onClick={() => onOrder({ column, descending: isSorted && !order.descending })}
      >
        {text.columns[column]}
        <span className={isSorted ? styles.sorted : styles.unsorted}>
          <Icon name={order.descending && isSorted ? "down" : "up"} size={14} />
        </span>
      </button>
    </th>
  );
}

/** Room for rows that are not drawn. */
function Spacer({ rows }: { rows: number }) {
  return rows > 0 ? (
    <tbody aria-hidden="true">
      <tr style={{ height: rows * ROW_HEIGHT }}>
        <td />
      </tr>
    </tbody>
  ) : null;
}
