/** Which parts of a photo count for a class. */

/** What each place of a photo adds to the score of a class. */
export interface HeatMap {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly values: readonly number[];
}

export interface PhotoPart {
  readonly vertical: "top" | "middle" | "bottom";
  readonly horizontal: "left" | "centre" | "right";
}

const VERTICAL = ["top", "middle", "bottom"] as const;
const HORIZONTAL = ["left", "centre", "right"] as const;

/** The part of the photo, of nine, that holds the place which counts most; null where no place counts for the class. */
export function hottestPart({ rows, columns, values }: HeatMap): PhotoPart | null {
  const most = Math.max(...values);
  if (!(most > 0)) return null;
  const at = values.indexOf(most);
  const third = (place: number, places: number) => Math.floor((3 * (place + 0.5)) / places);
  const vertical = VERTICAL[third(Math.floor(at / columns), rows)];
  const horizontal = HORIZONTAL[third(at % columns, columns)];
  return vertical && horizontal ? { vertical, horizontal } : null;
}
