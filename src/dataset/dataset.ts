/** The labelled photos of a project, as plain data. Photo bytes live in `storage`, under the photo's content hash. */

export type Split = "train" | "validation" | "test";

/** SHA-256 of a photo's bytes, in lower-case hexadecimal. */
export type PhotoId = string;

export type ClassId = string;

export interface PhotoClass {
  readonly id: ClassId;
  readonly name: string;
}

/** One photo in one class. The same bytes are in a dataset once. */
export interface Sample {
  readonly photo: PhotoId;
  readonly classId: ClassId;
  /** The file's name as it came, without folders. */
  readonly fileName: string;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  /** Set when the folders said so; otherwise the split is drawn from the seed. */
  readonly fixedSplit: Split | null;
}

export interface Dataset {
  readonly classes: readonly PhotoClass[];
  readonly samples: readonly Sample[];
}

export const EMPTY_DATASET: Dataset = { classes: [], samples: [] };
