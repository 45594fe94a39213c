/** A column of a table of epochs; `values` are of epoch 1, 2, and so on. */
export interface Column {
  /** null where an epoch has none. */
  readonly values: readonly (number | null)[];
  readonly header: string;
}

/** All epochs as comma-separated values (RFC 4180): none is left out, and no number is rounded. Where there is none, nothing stands. */
export function csvOf(epochHeader: string, columns: readonly Column[]): string {
  const epochs = Math.max(0, ...columns.map(({ values }) => values.length));
  const rows = Array.from({ length: epochs }, (_, at) => [
    String(at + 1),
    ...columns.map(({ values }) => String(values[at] ?? "")),
  ]);
  const lines = [[epochHeader, ...columns.map(({ header }) => header)], ...rows];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
