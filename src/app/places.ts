import { useEffect, useState } from "react";

export const PLACES = ["Data", "Train", "Evaluate", "Use", "Export"] as const;

export type Place = (typeof PLACES)[number];

/** The address of a place: `#train`. */
export function hashOf(place: Place): string {
  return `#${place.toLowerCase()}`;
}

/** The place that the address names; Data when it names none. */
export function usePlace(): Place {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const follow = () => setPlace(readPlace());
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return place;
}

function readPlace(): Place {
  return PLACES.find((place) => hashOf(place) === location.hash.toLowerCase()) ?? "Data";
}
