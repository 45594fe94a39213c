/** Okabe & Ito's colours, which colour-blind people can tell apart; as many as `PALETTE_SIZE`. */
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

/** The colour at a place in the palette. Never the only sign of a class. @param colour left out where a class has none */
export function classColour({ colour }: { readonly colour?: number }): string {
  return colour === undefined ? "var(--line)" : (CLASS_COLOURS[colour % CLASS_COLOURS.length]?.value ?? "var(--line)");
}
