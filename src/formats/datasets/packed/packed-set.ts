/** Data sets whose photos stand packed in a few files, as numbers or as records, and not as a file each. */
import type { PhotoLabel } from "../../../dataset/intake.ts";
import type { FormatFault } from "../../errors.ts";
import type { Remark, TreeFile } from "../tree.ts";

/** What a packed data set is, as its users call it. */
export type PackedKind = "cifar-10" | "cifar-100" | "idx" | "matlab" | "numpy" | "parquet";

/** A photo that is taken out of a packed data set when it is read. */
export interface PackedPhoto {
  /** Names it: the file it stands in, its split and class where they are known, and its number, with `/` between them. */
  readonly path: string;
  readonly label: PhotoLabel;
  /** Bytes of the photo's file, or about as many. */
  readonly size: number;
  /** The photo as a file: a PNG of the pixels, or the bytes that stand there. @throws FormatError when it is damaged */
  read(): Promise<Blob>;
}

/** One data set, made of one or more files. */
export interface PackedSet {
  readonly kind: PackedKind;
  /** In the order in which they stand. */
  readonly photos: readonly PackedPhoto[];
  /** The paths of the files that it is made of: they are photos' sources and no photos themselves. */
  readonly files: readonly string[];
  readonly remarks: readonly Remark[];
  /** Files of it that cannot be read, while the others can: not among `files`. */
  readonly problems?: readonly PackedProblem[];
}

/** Why a file of a packed data set is not read. */
export interface PackedProblem {
  readonly path: string;
  readonly fault: FormatFault;
}

/**
 * The data sets of one kind among files, told by their contents. Reads no more than it needs to know the labels; pixels wait
 * until a photo is read.
 * @throws FormatError naming the file when one is of this kind and cannot be read
 */
export type PackedReader = (files: readonly TreeFile[]) => Promise<readonly PackedSet[]>;
