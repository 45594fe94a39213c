/**
 * A table as comma-separated values (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 * @param rows the first one has the columns' names
 */
export function tableCsv(rows: readonly (readonly (string | number | null)[])[]): Blob {
  const lines = rows.map((cells) => `${cells.map(cellOf).join(",")}\r\n`);
  return new Blob(lines, { type: "text/csv" });
}

function cellOf(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
