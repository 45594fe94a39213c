/** Words of what shows why a photo is called what it is called. */
import type { PhotoPart } from "../../../evaluation/heat-map.ts";
import { percent } from "./language.ts";

const PARTS: Readonly<Record<PhotoPart["vertical"], Readonly<Record<PhotoPart["horizontal"], string>>>> = {
  top: { left: "top left", centre: "top centre", right: "top right" },
  middle: { left: "middle left", centre: "centre", right: "middle right" },
  bottom: { left: "bottom left", centre: "bottom centre", right: "bottom right" },
};

export const why = {
  /** The switch. */
  show: "Show why",
  working: "Looking for the reason …",
  /** @param part null where no place counts for the class */
  described: ({ part, className, probability }: { part: PhotoPart | null; className: string; probability: number }) =>
    part
      ? `Called “${className}”, ${percent(probability)} sure. The ${PARTS[part.vertical][part.horizontal]} of the photo counts most.`
      : `Called “${className}”, ${percent(probability)} sure. No part of the photo counts for it.`,
  /** At the two ends of the scale of colours. */
  legend: "What the colours mean",
  little: "counts little",
  most: "counts most",
};
