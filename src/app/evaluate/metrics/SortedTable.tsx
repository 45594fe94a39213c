import { type ReactNode, useMemo, useState } from "react";
import controls from "../../shared/controls.module.css";
import { words } from "../../words/words.ts";
import styles from "../EvaluatePlace.module.css";
import own from "./Metrics.module.css";

export interface SortedColumn<Row> {
  readonly key: string;
  readonly header: string;
  /** What the rows are sorted by; null goes last. */
  readonly by: (row: Row) => number | string | null;
  readonly cell: (row: Row) => ReactNode;
}

interface SortedTableProps<Row> {
  /** Id of the heading that names the table. */
  readonly titleId: string;
  /** Name of the region that scrolls. */
  readonly scrollable: string;
  /** The first one names the row. */
  readonly columns: readonly SortedColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
}

interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** More rows are shown on demand, so that a thousand classes do not make the page slow. */
const FIRST_ROWS = 50;

/** A table that is sorted by the column whose name is chosen: first the smallest, then the largest, then as it was. */
export function SortedTable<Row>({ titleId, scrollable, columns, rows, keyOf }: SortedTableProps<Row>) {
  const [order, setOrder] = useState<Order | null>(null);
  const [all, setAll] = useState(false);
  const sorted = useMemo(() => sortedBy(rows, columns, order), [rows, columns, order]);
  const shown = all ? sorted : sorted.slice(0, FIRST_ROWS);
  const text = words.metrics.sort;
  const turn = (key: string) => setOrder(nextOrder(order, key));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={`${styles.scroll} ${own.bounded}`} tabIndex={0} aria-label={scrollable}>
        <table className={styles.table} aria-labelledby={titleId}>
          <thead>
            <tr>
              {columns.map(({ key, header }) => (
                <th key={key} scope="col" aria-sort={sortOf(order, key)}>
                  <button type="button" className={own.sort} onClick={() => turn(key)}>
                    {header}
                    <span aria-hidden="true">{order?.key === key ? (order.descending ? " ↓" : " ↑") : ""}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(row)}>
                {columns.map(({ key, cell }, at) =>
                  at === 0 ? (
                    <th key={key} scope="row">
                      {cell(row)}
                    </th>
                  ) : (
                    <td key={key}>{cell(row)}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < rows.length ? (
        <p className={controls.row}>
          <span className={controls.quiet}>{text.some(shown.length, rows.length)}</span>
          <button type="button" className={controls.button} onClick={() => setAll(true)}>
            {text.all}
          </button>
        </p>
      ) : null}
    </>
  );
}

function sortOf(order: Order | null, key: string): "ascending" | "descending" | "none" {
  if (order?.key !== key) return "none";
  return order.descending ? "descending" : "ascending";
}

function nextOrder(order: Order | null, key: string): Order | null {
  if (order?.key !== key) return { key, descending: false };
  return order.descending ? null : { key, descending: true };
}

function sortedBy<Row>(rows: readonly Row[], columns: readonly SortedColumn<Row>[], order: Order | null) {
  const by = columns.find(({ key }) => key === order?.key)?.by;
  if (!by || !order) return rows;
  const sign = order.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [first, second] = [by(a), by(b)];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === "string" || typeof second === "string") {
      return sign * String(first).localeCompare(String(second), undefined, { numeric: true });
    }
    return sign * (first - second);
  });
}
