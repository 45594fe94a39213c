/** Photos of which each stands in one row of numbers, as scikit-learn and CIFAR's own pickles have them: number × 784, number × 3072. */
import { byRows, bytesOfType, type NumberArray, numbersIn } from "./numbers.ts";

/** Shorter sides are those of tables of numbers. */
const LEAST_SIDE = 8;
const LOOKED_AT = 16;
/** Of the difference between any two values, that between neighbours in photos is at most so much. */
const SMOOTH = 0.8;

/** Distances between neighbours in a row, for a photo of this layout. */
interface Layout {
  readonly shape: readonly number[];
  /** To the pixel to the right, and to the one below. */
  readonly steps: readonly [number, number];
}

/**
 * The array with the sides of its photos, where its rows are square photos: grey, or with the colours first or last, whichever
 * is smoother. null where they are none: neighbours in them differ as much as any two values.
 * @param file its name, for messages
 */
export async function unflattened(array: NumberArray, file: string): Promise<NumberArray | null> {
  const [count = 0, values = 0, ...more] = array.shape;
  const layouts = more.length === 0 && count > 0 ? layoutsOf(count, values) : [];
  if (layouts.length === 0) return null;
  const rows = await byRows(array, file);
  const size = values * bytesOfType(array.type);
  const seen: Float64Array[] = [];
  for (let each = 0; each < Math.min(LOOKED_AT, count); each++) {
    const at = Math.floor((each * count) / Math.min(LOOKED_AT, count));
    seen.push(numbersIn(array, await rows.blob.slice(at * size, (at + 1) * size).arrayBuffer()));
  }
  const rated = layouts.map((layout) => ({ layout, roughness: roughnessOf(seen, layout) }));
  const best = rated.reduce((least, each) => (each.roughness < least.roughness ? each : least));
  return best.roughness < SMOOTH ? { ...rows, shape: best.layout.shape } : null;
}

function layoutsOf(count: number, values: number): Layout[] {
  const grey = Math.sqrt(values);
  const side = Math.sqrt(values / 3);
  if (Number.isInteger(grey) && grey >= LEAST_SIDE) return [{ shape: [count, grey, grey], steps: [1, grey] }];
  if (!Number.isInteger(side) || side < LEAST_SIDE) return [];
  return [
    { shape: [count, 3, side, side], steps: [1, side] },
    { shape: [count, side, side, 3], steps: [3, 3 * side] },
  ];
}

/** How much neighbours differ, of how much values half a row apart differ: the worse of both directions; infinite where nothing differs. */
function roughnessOf(rows: readonly Float64Array[], { steps }: Layout): number {
  const differenceAt = (step: number) => {
    let sum = 0;
    let pairs = 0;
    for (const row of rows) {
      for (let at = 0; at + step < row.length; at++) sum += Math.abs((row[at] ?? 0) - (row[at + step] ?? 0));
      pairs += row.length - step;
    }
    return sum / pairs;
  };
  const length = rows[0]?.length ?? 0;
  // Far apart in both directions, whatever the sides.
  const any = (differenceAt(Math.round(length / 2.7)) + differenceAt(Math.round(length / 3.6))) / 2;
  return any > 0 ? Math.max(...steps.map(differenceAt)) / any : Number.POSITIVE_INFINITY;
}
