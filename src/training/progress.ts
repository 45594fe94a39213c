/** How far training is, besides the epoch's own numbers. Epochs are 1-based. */
export interface Progress {
  readonly bestEpoch: number;
  /** Epochs since the best one. */
  readonly sinceBest: number;
  /** The one that training ends with if nothing stops it before. */
  readonly lastEpoch: number;
}
