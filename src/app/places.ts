import { useEffect, useState } from "react";

export const PLACES = ["Data", "Train", "Evaluate", "Use", "Export"] as const;

export type Place = (typeof PLACES)[number];

/** The address of a place, or of a view of it: `#train`, `#data/sort`. */
export function hashOf(place: Place, view?: string): string {
  return `#${place.toLowerCase()}${view ? `/${view}` : ""}`;
}

/** The place that the address names; Data when it names none. */
export function usePlace(): Place {
  return useFromAddress(readPlace);
}

/** The place that the address names now, for what is no component. */
export function currentPlace(): Place {
  return readPlace();
}

/** The view that the address names after its place; empty when it names none. */
export function useViewName(): string {
  return useFromAddress(readView);
}

function useFromAddress<Value>(read: () => Value): Value {
  const [value, setValue] = useState(read);
  useEffect(() => {
    const follow = () => setValue(read);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [read]);
  return value;
}

function readPlace(): Place {
  const [hash = ""] = location.hash.toLowerCase().split("/");
  return PLACES.find((place) => hashOf(place) === hash) ?? "Data";
}

function readView(): string {
  return location.hash.toLowerCase().split("/")[1] ?? "";
}
