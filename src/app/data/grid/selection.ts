/** Which photos of a grid are selected, and how clicks and keys change that. */
import type { PhotoId } from "../../../dataset/dataset.ts";

export interface Selection {
  readonly chosen: ReadonlySet<PhotoId>;
  /** Where a range begins: the photo last clicked. */
  readonly anchor: PhotoId | null;
  /** What was selected before the range that is being drawn. */
  readonly base: ReadonlySet<PhotoId>;
}

export const NOTHING: Selection = { chosen: new Set(), anchor: null, base: new Set() };

/** The photo in or out; ranges begin there. */
export function toggle({ chosen }: Selection, photo: PhotoId): Selection {
  const next = new Set(chosen);
  if (!next.delete(photo)) next.add(photo);
  return { chosen: next, anchor: photo, base: next };
}

/** Everything from the anchor to a photo, both included, with what was selected before; a range drawn before gives way. */
export function extend(selection: Selection, order: readonly PhotoId[], to: PhotoId): Selection {
  const end = order.indexOf(to);
  const begin = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const [first, last] = begin < 0 ? [end, end] : [Math.min(begin, end), Math.max(begin, end)];
  const chosen = new Set([...selection.base, ...order.slice(first, last + 1)]);
  return { chosen, anchor: begin < 0 ? to : selection.anchor, base: selection.base };
}

/** Photos found together, as by a lasso: instead of what is selected, or `added` to it. */
export function choose({ chosen }: Selection, photos: Iterable<PhotoId>, added: boolean): Selection {
  const next = new Set(added ? [...chosen, ...photos] : photos);
  return { chosen: next, anchor: null, base: next };
}
