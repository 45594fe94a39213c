/** Numbers on a grid, brought to another size. */

/** `[height × width]`, row-major. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/**
 * Each cell the mean of what it covers; cells that cover parts of others weigh them so. Larger than it was, a grid repeats its
 * cells.
 *
 * @param width of the result, as `height` at least 1
 */
export function shrink(grid: Grid, width: number, height: number): Grid {
  if (width === grid.width && height === grid.height) return grid;
  const across = turned(shrinkRows(grid.values, grid.width, grid.height, width), width, grid.height);
  return { width, height, values: turned(shrinkRows(across, grid.height, width, height), height, width) };
}

/** Each row to `cells` means. Gives `[rows × cells]`. */
function shrinkRows(values: Float32Array, length: number, rows: number, cells: number): Float32Array {
  const result = new Float32Array(rows * cells);
  const step = length / cells;
  for (let cell = 0; cell < cells; cell++) {
    const [from, to] = [cell * step, (cell + 1) * step];
    for (let at = Math.floor(from); at < Math.min(length, Math.ceil(to)); at++) {
      const share = (Math.min(to, at + 1) - Math.max(from, at)) / step;
      for (let row = 0; row < rows; row++) {
        const place = row * cells + cell;
        result[place] = (result[place] ?? 0) + share * (values[row * length + at] ?? 0);
      }
    }
  }
  return result;
}

function turned(values: Float32Array, width: number, height: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) result[x * height + y] = values[y * width + x] ?? 0;
  }
  return result;
}
