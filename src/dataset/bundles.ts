/** Photos that must stay together, since one of them tells what the others are. */
import type { PhotoGroups, Sample } from "./dataset.ts";
import { grouped } from "./grouped.ts";

/**
 * The samples in bundles: photos of one group or one recording together, transitively; every other photo alone.
 * Bundles and the photos in them are in the order of their ids, whatever the samples' order.
 */
export function bundlesOf(samples: readonly Sample[], groups: PhotoGroups): Sample[][] {
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(name, root);
    return root;
  };
  const join = (a: string, b: string) => {
    parent.set(rootOf(a), rootOf(b));
  };
  for (const [first, ...others] of groups) for (const other of others) if (first !== undefined) join(first, other);
  for (const { photo, burst } of samples) if (burst !== null) join(photo, `burst ${burst}`);

  const inOrder = samples.toSorted((a, b) => (a.photo < b.photo ? -1 : 1));
  return [...grouped(inOrder, ({ photo }) => rootOf(photo)).values()];
}
