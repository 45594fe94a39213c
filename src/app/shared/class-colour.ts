/** Okabe & Ito's colours, which colour-blind people can tell apart; repeated after eight. */
export const CLASS_COLOURS = [
  { name: "blue", value: "#0072b2" },
  { name: "orange", value: "#e69f00" },
  { name: "green", value: "#009e73" },
  { name: "vermilion", value: "#d55e00" },
  { name: "pink", value: "#cc79a7" },
  { name: "sky", value: "#56b4e9" },
  { name: "yellow", value: "#b8a900" },
  { name: "grey", value: "#6b6b6b" },
] as const;

/** Place in the palette of a class's colour: the one chosen for it, or else that of its place in the list. */
export function colourPlace({ colour }: { readonly colour?: number }, index: number): number {
  return (colour ?? index) % CLASS_COLOURS.length;
}

/** The colour of a class at a place in the list. Never the only sign of a class. */
export function classColour(photoClass: { readonly colour?: number }, index: number): string {
  return CLASS_COLOURS[colourPlace(photoClass, index)]?.value ?? "#6b6b6b";
}
