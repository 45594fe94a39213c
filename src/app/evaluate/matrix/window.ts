/** Which rows and columns of a large table are drawn. */

export interface Sides {
  /** Of a cell, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Half-open ranges of rows and columns. */
export interface TableWindow {
  readonly rows: readonly [from: number, to: number];
  readonly columns: readonly [from: number, to: number];
}

/** Rows and columns drawn beyond those in sight. */
const SPARE = 4;

/** What is in sight of a table of `size` rows and columns, and a little around it. */
export function windowOf(
  size: number,
  cell: Sides,
  view: Sides & { readonly top: number; readonly left: number },
): TableWindow {
  const range = (start: number, length: number, side: number): readonly [number, number] => [
    Math.max(0, Math.min(size, Math.floor(start / side)) - SPARE),
    Math.min(size, Math.ceil((start + length) / side) + SPARE),
  ];
  return { rows: range(view.top, view.height, cell.height), columns: range(view.left, view.width, cell.width) };
}

export function isSameWindow(a: TableWindow, b: TableWindow): boolean {
  return String([a.rows, a.columns]) === String([b.rows, b.columns]);
}
