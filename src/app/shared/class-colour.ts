/** Okabe & Ito's colours, which colour-blind people tell apart; repeated after eight. */
const COLOURS = ["#0072b2", "#e69f00", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#b8a900", "#6b6b6b"];

/** The colour of the class at a place in the list. Never the only sign of a class. */
export function classColour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? "#6b6b6b";
}
