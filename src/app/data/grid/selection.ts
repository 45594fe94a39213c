/** Which photos of a grid are selected, and how clicks and keys change that. */
import type { PhotoId } from "../../../dataset/dataset.ts";

export interface Selection {
  readonly chosen: ReadonlySet<PhotoId>;
  /** Where the next range begins: the photo that was clicked last. */
  readonly anchor: PhotoId | null;
  /** What was selected before the current range. */
  readonly base: ReadonlySet<PhotoId>;
}

export const NOTHING: Selection = { chosen: new Set(), anchor: null, base: new Set() };

/** Selects a photo or deselects it. The next range begins there. */
export function toggle({ chosen }: Selection, photo: PhotoId): Selection {
  const next = new Set(chosen);
  if (!next.delete(photo)) next.add(photo);
  return { chosen: next, anchor: photo, base: next };
}

/** Selects all photos from the anchor to a photo, both included, besides what was selected before. It replaces the current range. */
export function extend(selection: Selection, order: readonly PhotoId[], to: PhotoId): Selection {
  const end = order.indexOf(to);
  const begin = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const [first, last] = begin < 0 ? [end, end] : [Math.min(begin, end), Math.max(begin, end)];
  const chosen = new Set([...selection.base, ...order.slice(first, last + 1)]);
  return { chosen, anchor: begin < 0 ? to : selection.anchor, base: selection.base };
}

/** Selects several photos, as with a lasso: in place of the selected ones, or with `added` besides them. */
export function choose({ chosen }: Selection, photos: Iterable<PhotoId>, added: boolean): Selection {
  const next = new Set(added ? [...chosen, ...photos] : photos);
  return { chosen: next, anchor: null, base: next };
}
