/** The labelled photos of a project, as plain data. Photo bytes live in `storage`, under the photo's content hash. */

export type Split = "train" | "validation" | "test";

/** SHA-256 of a photo's bytes, in lower-case hexadecimal. */
export type PhotoId = string;

export type ClassId = string;

/** The class of photos that nobody has sorted yet: shown like the others, never trained on. */
export const UNSORTED: ClassId = "unsorted";
export const UNSORTED_NAME = "Unsorted";

export interface PhotoClass {
  readonly id: ClassId;
  readonly name: string;
  /** Place in the palette. Left out for “Unsorted” and, until a project is opened, by versions that gave none: see `withColours`. */
  readonly colour?: number;
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
  /** Set by the folders or by hand; otherwise the split is drawn from the seed. */
  readonly fixedSplit: Split | null;
  /** Kept and shown, but no part of training and testing. */
  readonly excluded: boolean;
  /** Photos filmed in one go share it; null for all others. */
  readonly burst: string | null;
  /** Measured as the photo came in; null where it was not. */
  readonly looks: PhotoLooks | null;
  /** What its user has looked at and found in order. */
  readonly cleared: readonly SuspicionKind[];
}

/** How a photo looks, from its thumbnail. */
export interface PhotoLooks {
  /** Perceptual hash: 64 bits as 16 hexadecimal digits. Photos of one picture differ in few of them. */
  readonly hash: string;
  /** Variance of the Laplacian of its light, 0 (flat) and up. */
  readonly sharpness: number;
  /** Mean light, 0 (black) to 1 (white). */
  readonly brightness: number;
}

/** What may be wrong with a photo. */
export type SuspicionKind = "label" | "duplicate" | "leak" | "outlier" | "blurred" | "dark" | "bright" | "tiny";

/** Photos that show the same thing almost the same way: each list two photos or more, no photo in two lists. */
export type PhotoGroups = readonly (readonly PhotoId[])[];

export interface Dataset {
  readonly classes: readonly PhotoClass[];
  readonly samples: readonly Sample[];
}

export const EMPTY_DATASET: Dataset = { classes: [], samples: [] };

/** What a photo is that nobody has touched since it came. */
export const UNTOUCHED = { excluded: false, burst: null, cleared: [] } as const satisfies Partial<Sample>;

/** The classes that a person made: all but “Unsorted”, which is none. */
export function classesOf({ classes }: Pick<Dataset, "classes">): readonly PhotoClass[] {
  return classes.filter(({ id }) => id !== UNSORTED);
}

/** Whether only the class of unsorted photos may be called so: in any mixture of large and small letters. */
export function isReservedName(name: string): boolean {
  return name.normalize("NFC").trim().toLowerCase() === UNSORTED_NAME.toLowerCase();
}

/** Whether a photo takes part in training and testing. */
export function takesPart({ classId, excluded }: Sample): boolean {
  return !excluded && classId !== UNSORTED;
}
