/** A report as plain data: its sentences are written already, in the language of whoever asked for it. */

export interface ReportDocument {
  /** BCP 47, as "en". */
  readonly language: string;
  readonly title: string;
  /** Under the title. */
  readonly lead: string;
  readonly sections: readonly ReportSection[];
  /** Everything in numbers, for programs; what JSON can hold. */
  readonly data: unknown;
}

export interface ReportSection {
  readonly heading: string;
  readonly parts: readonly ReportPart[];
}

export type ReportPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | ReportTable
  | ReportChart;

/** The first column names its row. */
export interface ReportTable {
  readonly kind: "table";
  readonly caption: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How dark each cell is, 0..1, without the first column; left out where none is. */
  readonly shades?: readonly (readonly number[])[];
}

export interface ReportChart {
  readonly kind: "chart";
  readonly title: string;
  readonly x: ReportAxis;
  readonly y: ReportAxis;
  readonly lines: readonly ReportLine[];
}

export interface ReportAxis {
  readonly label: string;
  /** Ascending; the axis goes from the first to the last. */
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

export interface ReportLine {
  /** Empty for a line that helps the eye. */
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}
