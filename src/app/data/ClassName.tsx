import { useState } from "react";
import { type PhotoClass, UNSORTED } from "../../dataset/dataset.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./ClassCard.module.css";
import { shownName } from "./class-name.ts";

/** The box with a class's name. A new one takes effect on Enter or when the focus leaves the box; Escape restores the old one. */
export function ClassName({ photoClass, onNamed }: { photoClass: PhotoClass; onNamed(): void }) {
  const { id } = photoClass;
  const name = shownName(photoClass);
  const renameClass = useStore((state) => state.renameClass);
  const clearBeside = useStore((state) => state.clearBeside);
  /** null while nobody writes. */
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== name) renameClass(id, draft);
    // A name that was refused is dropped.
    setDraft(null);
  };
  return (
    <input
      type="text"
      aria-label={words.classes.name}
      data-class-name=""
      className={styles.name}
      value={draft ?? name}
      readOnly={id === UNSORTED}
      onChange={({ currentTarget }) => {
        clearBeside(`class ${id}`);
        setDraft(currentTarget.value);
      }}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Escape") setDraft(null);
        if (event.key !== "Enter") return;
        // Or the key would press what gets the focus.
        event.preventDefault();
        // Takes the focus from the box, which commits.
        onNamed();
      }}
    />
  );
}
