import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import { words } from "../../words/words.ts";
import type { Cell } from "../Mistakes.tsx";
import styles from "./Matrix.module.css";
import { useTableWindow } from "./useTableWindow.ts";

export interface MatrixTableProps {
  readonly classNames: readonly string[];
  /** `[actual][predicted]` counts. */
  readonly confusion: readonly (readonly number[])[];
  /** Class indices in the order of rows and columns. */
  readonly order: readonly number[];
  readonly asRates: boolean;
  /** The cell whose photos are shown; null for none. */
  readonly cell: Cell | null;
  onCell(cell: Cell | null): void;
}

/** More classes have their names upright over narrow columns. */
const FEW = 8;
const NAMES = { width: 168, few: 44, many: 132 } as const;

/**
 * The matrix as a table of which only the part in sight is drawn, however many classes there are. It is one stop of the Tab key;
 * the arrow keys, Home, End, Page Up and Page Down go from cell to cell.
 */
export function MatrixTable({ classNames, confusion, order, asRates, cell, onCell }: MatrixTableProps) {
  const viewport = useRef<HTMLElement>(null);
  const size = order.length;
  const supports = useMemo(() => confusion.map((row) => row.reduce((sum, photos) => sum + photos, 0)), [confusion]);
  const sides = { width: size > FEW ? 46 : 88, height: size > FEW ? 36 : 44 };
  const { shown, look } = useTableWindow(viewport, size, sides);
  const { active, onKeyDown, setActive } = useActive({ viewport, size, sides, look });
  const [rows, columns] = [between(order, shown.rows), between(order, shown.columns)];
  const isShown = isWithin(active.row, shown.rows) && isWithin(active.column, shown.columns);
  const stop = isShown ? active : { row: shown.rows[0], column: shown.columns[0] };
  const before = { width: shown.columns[0] * sides.width, height: shown.rows[0] * sides.height };
  const after = { width: (size - shown.columns[1]) * sides.width, height: (size - shown.rows[1]) * sides.height };
  const text = words.matrix;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={viewport} className={styles.viewport} tabIndex={0} aria-label={text.scrollable}>
      <table
        className={`${styles.matrix} ${size > FEW ? styles.dense : ""}`}
        style={{ width: NAMES.width + size * sides.width }}
        aria-labelledby="confusion-title"
        aria-rowcount={size + 1}
        aria-colcount={size + 1}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr aria-rowindex={1} style={{ height: size > FEW ? NAMES.many : NAMES.few }}>
            <th scope="col" aria-colindex={1} style={{ width: NAMES.width }}>
              {text.trueClass}
            </th>
            <Space width={before.width} />
            {columns.map(([label, at]) => (
              <th
                key={label}
                scope="col"
                aria-colindex={at + 2}
                style={{ width: sides.width }}
                title={classNames[label]}
              >
                <span>{classNames[label]}</span>
              </th>
            ))}
            <Space width={after.width} />
          </tr>
        </thead>
        <tbody>
          <SpaceRow height={before.height} />
          {rows.map(([actual, row]) => {
            const support = supports[actual] ?? 0;
            return (
              <tr key={actual} aria-rowindex={row + 2} style={{ height: sides.height }}>
                <th scope="row" aria-colindex={1} title={classNames[actual]}>
                  {classNames[actual]}
                </th>
                <Space width={before.width} />
                {columns.map(([predicted, column]) => {
                  const photos = confusion[actual]?.[predicted] ?? 0;
                  const isChosen = cell?.actual === actual && cell.predicted === predicted;
                  return (
                    <td key={predicted} aria-colindex={column + 2}>
                      <CellButton
                        {...{ photos, row, column, asRates, isChosen }}
                        share={photos / support}
                        isRight={actual === predicted}
                        isStop={stop.row === row && stop.column === column}
                        label={text.cell({
                          ...{ photos, actual: classNames[actual] ?? "", predicted: classNames[predicted] ?? "" },
                        })}
                        onChoose={() => {
                          setActive({ row, column });
                          if (photos) onCell(isChosen ? null : { actual, predicted });
                        }}
                      />
                    </td>
                  );
                })}
                <Space width={after.width} />
              </tr>
            );
          })}
          <SpaceRow height={after.height} />
        </tbody>
      </table>
    </section>
  );
}

interface CellButtonProps {
  readonly photos: number;
  /** Of the true class's photos, 0..1. */
  readonly share: number;
  readonly row: number;
  readonly column: number;
  readonly asRates: boolean;
  readonly isRight: boolean;
  readonly isChosen: boolean;
  /** Whether the Tab key stops here. */
  readonly isStop: boolean;
  readonly label: string;
  onChoose(): void;
}

function CellButton({
  photos,
  share,
  row,
  column,
  asRates,
  isRight,
  isChosen,
  isStop,
  label,
  onChoose,
}: CellButtonProps) {
  const { count, rate } = words.matrix;
  return (
    <button
      type="button"
      className={`${styles.cell} ${isRight ? styles.right : styles.wrong}`}
      style={{ "--share": `${Math.round((share || 0) * 55)}%` } as CSSProperties}
      data-cell={`${row},${column}`}
      tabIndex={isStop ? 0 : -1}
      aria-disabled={photos === 0}
      aria-pressed={isChosen}
      aria-label={label}
      onClick={onChoose}
    >
      {photos ? (asRates ? rate(share) : count(photos)) : ""}
    </button>
  );
}

/** In place of columns that are not drawn. */
function Space({ width }: { width: number }) {
  return width > 0 ? <td aria-hidden="true" className={styles.space} style={{ width }} /> : null;
}

function SpaceRow({ height }: { height: number }) {
  return height > 0 ? (
    <tr className={styles.space} style={{ height }}>
      <td aria-hidden="true" />
    </tr>
  ) : null;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

interface ActiveProps {
  readonly viewport: { readonly current: HTMLElement | null };
  readonly size: number;
  readonly sides: { readonly width: number; readonly height: number };
  look(): void;
}

/** The cell that the arrow keys have come to. */
function useActive({ viewport, size, sides, look }: ActiveProps) {
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const wantsFocus = useRef(false);
  const { row, column } = active;
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const button = viewport.current?.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`);
    if (!button) return;
    wantsFocus.current = false;
    button.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const element = viewport.current;
    const [down, right] = STEPS[event.key]?.(size) ?? [0, 0];
    if (!element || (!down && !right)) return;
    event.preventDefault();
    const within = (at: number) => Math.max(0, Math.min(size - 1, at));
    const next = { row: within(row + down), column: within(column + right) };
    const header = size > FEW ? NAMES.many : NAMES.few;
    element.scrollTop = inSight(
      element.scrollTop,
      element.clientHeight - header,
      next.row * sides.height,
      sides.height,
    );
    element.scrollLeft = inSight(
      element.scrollLeft,
      element.clientWidth - NAMES.width,
      next.column * sides.width,
      sides.width,
    );
    look();
    wantsFocus.current = true;
    setActive(next);
  };
  return { active, setActive, onKeyDown };
}

/** By how many rows and columns a key goes on, in a table of a size. */
const STEPS: Readonly<Record<string, (size: number) => readonly [down: number, right: number]>> = {
  ArrowDown: () => [1, 0],
  ArrowUp: () => [-1, 0],
  ArrowRight: () => [0, 1],
  ArrowLeft: () => [0, -1],
  PageDown: () => [10, 0],
  PageUp: () => [-10, 0],
  Home: (size) => [0, -size],
  End: (size) => [0, size],
};

/** Where to scroll to, so that a cell is in sight. */
function inSight(scroll: number, length: number, start: number, side: number): number {
  if (start < scroll) return start;
  return Math.max(scroll, start + side - length);
}

function between(order: readonly number[], [from, to]: readonly [number, number]): [label: number, at: number][] {
  return order.slice(from, to).map((label, at) => [label, from + at]);
}

function isWithin(at: number, [from, to]: readonly [number, number]): boolean {
  return at >= from && at < to;
}
