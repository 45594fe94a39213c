/** What a change of the dataset did, as plain data. `photos` is how many it was made to. */
export type Change =
  | {
      readonly did:
        | "add-photos"
        | "take-photos"
        | "add-class"
        | "rename-class"
        | "delete-class"
        | "merge-classes"
        | "move-class"
        | "colour-class"
        | "bring-back";
    }
  | {
      readonly did:
        | "move-photos"
        | "delete-photos"
        | "exclude-photos"
        | "include-photos"
        | "fix-split"
        | "clear-suspicion";
      readonly photos: number;
    };
