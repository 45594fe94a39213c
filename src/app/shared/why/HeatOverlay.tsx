import { useMemo } from "react";
import type { Explanation } from "../../../worker/protocol/index.ts";
import { heatPicture } from "./heat-picture.ts";
import styles from "./Why.module.css";

/** Lies over a picture that is shown whole and in the middle of its place, as `object-fit: contain` does. */
export function HeatOverlay({ explanation: { map, size, region } }: { explanation: Explanation }) {
  const picture = useMemo(() => heatPicture(map), [map]);
  return (
    <svg className={styles.overlay} viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
      <image href={picture} {...region} preserveAspectRatio="none" />
    </svg>
  );
}
