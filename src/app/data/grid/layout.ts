/** The layout of a grid: square cells in rows, in CSS pixels from the top left corner of the content. */

export interface GridLayout {
  readonly count: number;
  readonly columns: number;
  /** Side of a cell. */
  readonly cell: number;
  /** From one cell to the next, in both directions. */
  readonly step: number;
  /** Of the whole content. */
  readonly height: number;
}

/** First and last index, the last not included. */
export type Range = readonly [number, number];

const GAP = 6;

/** Puts as many cells of at least `smallest` pixels in a row as fit, and widens them to fill the row. */
export function layOut(count: number, width: number, smallest: number): GridLayout {
  const columns = Math.max(1, Math.floor((width + GAP) / (smallest + GAP)));
  const cell = Math.max(0, (width - GAP * (columns - 1)) / columns);
  const rows = Math.ceil(count / columns);
  return { count, columns, cell, step: cell + GAP, height: Math.max(0, rows * (cell + GAP) - GAP) };
}

export function positionOf({ columns, step }: GridLayout, at: number): { left: number; top: number } {
  return { left: (at % columns) * step, top: Math.floor(at / columns) * step };
}

/** The cells in view, with `spare` rows above and below. */
export function inView({ count, columns, step }: GridLayout, top: number, height: number, spare: number): Range {
  const first = Math.max(0, Math.floor(top / step) - spare) * columns;
  const last = (Math.ceil((top + height) / step) + spare) * columns;
  return [Math.min(first, count), Math.min(Math.max(last, 0), count)];
}

/** A rectangle by two corners, in any order. */
export interface Rectangle {
  readonly from: { readonly x: number; readonly y: number };
  readonly to: { readonly x: number; readonly y: number };
}

/** The cells that a rectangle touches, in order. */
export function touchedBy({ count, columns, cell, step }: GridLayout, { from, to }: Rectangle): number[] {
  const span = (a: number, b: number, most: number): Range => {
    // The gap after a cell belongs to no cell.
    const first = Math.floor((Math.min(a, b) + step - cell) / step);
    return [Math.max(0, first), Math.min(most, Math.floor(Math.max(a, b) / step))];
  };
  const [left, right] = span(from.x, to.x, columns - 1);
  const [top, bottom] = span(from.y, to.y, Math.ceil(count / columns) - 1);
  const touched: number[] = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const at = row * columns + column;
      if (at < count) touched.push(at);
    }
  }
  return touched;
}

/** The cell that a key moves to; null for other keys. @param pageRows how many rows Page Up and Page Down move */
export function keyTarget({ count, columns }: GridLayout, at: number, key: string, pageRows: number): number | null {
  const last = count - 1;
  const down = (rows: number) => {
    const target = at + rows * columns;
    // Down from above a gap in a short last row goes to the last cell; down from the last row goes nowhere.
    return target > last && Math.floor(at / columns) < Math.floor(last / columns) ? last : target > last ? at : target;
  };
  const up = (rows: number) => at - Math.min(rows, Math.floor(at / columns)) * columns;
  switch (key) {
    case "ArrowLeft":
      return Math.max(0, at - 1);
    case "ArrowRight":
      return Math.min(last, at + 1);
    case "ArrowUp":
      return up(1);
    case "ArrowDown":
      return down(1);
    case "PageUp":
      return up(pageRows);
    case "PageDown":
      return down(pageRows);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
