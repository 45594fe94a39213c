/** What Undo and Redo say. */
import type { Change } from "../../store/change.ts";
import { photos, plural } from "./language.ts";

/** Each change as an order: “Undo: add photos”. */
const CHANGES: {
  readonly [Did in Change["did"]]: (values: Extract<Change, { readonly did: Did }>) => string;
} = {
  "add-photos": () => "add photos",
  "take-photos": () => "take photos with the camera",
  "move-photos": ({ photos: moved }) => `move ${photos(moved)}`,
  "delete-photos": ({ photos: deleted }) => `delete ${photos(deleted)}`,
  "exclude-photos": ({ photos: excluded }) => `exclude ${photos(excluded)}`,
  "include-photos": ({ photos: included }) => `include ${photos(included)}`,
  "fix-split": ({ photos: fixed }) => `change the split of ${photos(fixed)}`,
  "clear-suspicion": ({ photos: kept }) =>
    plural(kept, { one: "keep # photo as it is", other: "keep # photos as they are" }),
  "add-class": () => "add a class",
  "rename-class": () => "rename a class",
  "delete-class": () => "delete a class",
  "merge-classes": () => "merge classes",
  "move-class": () => "move a class",
  "bring-back": () => "bring back what was deleted",
  "colour-class": () => "change the colour of a class",
};

function described<C extends Change>(change: C): string {
  return (CHANGES[change.did] as (values: C) => string)(change);
}

export const history = {
  /** The button’s title; null when there is nothing to undo. */
  undo: (change: Change | null) => (change ? `Undo: ${described(change)} (Ctrl+Z)` : "Nothing to undo"),
  redo: (change: Change | null) => (change ? `Redo: ${described(change)} (Ctrl+Shift+Z)` : "Nothing to redo"),
  undone: (change: Change) => `Undone: ${described(change)}.`,
  redone: (change: Change) => `Redone: ${described(change)}.`,
};
