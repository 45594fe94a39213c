/** What can be wrong with a data set that stands packed in files. `file` is the name of the one that it is about. */
export type PackedFault =
  | { readonly code: "packed/damaged"; readonly file: string }
  | { readonly code: "packed/cut-short"; readonly file: string }
  /** @property classes how many there are, counted from 0 */
  | {
      readonly code: "packed/label-out-of-range";
      readonly file: string;
      readonly label: number;
      readonly classes: number;
    }
  | {
      readonly code: "packed/counts-differ";
      readonly file: string;
      readonly photos: number;
      readonly labels: number;
    }
  | { readonly code: "packed/labels-alone"; readonly file: string }
  /** Numbers that are no photos. @property shape as “60000 × 784” */
  | { readonly code: "packed/no-photos"; readonly file: string; readonly shape: string }
  /** @property type as NumPy or MATLAB calls it */
  | { readonly code: "packed/number-type"; readonly file: string; readonly type: string }
  | { readonly code: "packed/too-many-photos"; readonly file: string; readonly photos: number; readonly most: number }
  /** A pickle that does more than hold data. @property opcode as Python's `pickletools` calls it, or its number */
  | { readonly code: "packed/pickle-opcode"; readonly file: string; readonly opcode: string }
  /** @property name of the Python function or class that it asks for */
  | { readonly code: "packed/pickle-global"; readonly file: string; readonly name: string };
