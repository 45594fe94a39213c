/** How many pixels of a camera's picture are asked for. */

/** Base models see a few hundred pixels; more only matters where a photo is cut out later. */
export const USUAL_WIDTH = 640;
const WIDTHS = [320, 640, 1280, 1920, 3840];

/**
 * The widths in pixels to choose from: those that the camera can give.
 * @param offered by the camera; undefined where the browser does not tell
 * @param wanted is always one of them
 */
export function widthsOf(
  offered: { readonly min?: number; readonly max?: number } | undefined,
  wanted: number,
): number[] {
  const { min = 0, max = 1920 } = offered ?? {};
  return WIDTHS.filter((width) => width === wanted || (width >= min && width <= max));
}
