/**
 * Comma-separated values, https://www.rfc-editor.org/rfc/rfc4180, that no spreadsheet takes for formulas: a cell that would be
 * one gets an apostrophe in front, https://owasp.org/www-community/attacks/CSV_Injection. One that looks as if it had got one
 * gets another, so that all cells can be had back as they were.
 */

const FORMULA = /^'*[=+\-@\t\r]/;

export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(cellOf).join(",")}\r\n`).join("");
}

/** A cell as it was before `csvText` wrote it. */
export function asItWas(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}

function cellOf(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
