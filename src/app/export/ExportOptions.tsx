import type { ExportChoice } from "../store/export.ts";
import { words } from "../words/words.ts";
import styles from "./ExportPlace.module.css";

interface ExportOptionsProps {
  readonly choice: ExportChoice;
  /** Whether the format has a file that can be had without the zip. */
  readonly hasFile: boolean;
  readonly hasPhotos: boolean;
  onChange(choice: ExportChoice): void;
}

/** What goes into a classifier's zip beside the model, or whether there is a zip at all. */
export function ExportOptions({ choice, hasFile, hasPhotos, onChange }: ExportOptionsProps) {
  const isAlone = hasFile && choice.alone;
  return (
    <>
      {hasPhotos ? (
        <Option
          name={words.exports.ownPhotos}
          checked={choice.ownPhotos && !isAlone}
          disabled={isAlone}
          onChange={(ownPhotos) => onChange({ ...choice, ownPhotos })}
        />
      ) : null}
      {hasFile ? (
        <Option
          name={words.exports.modelAlone}
          checked={choice.alone}
          disabled={false}
          onChange={(alone) => onChange({ ...choice, alone })}
        />
      ) : null}
    </>
  );
}

interface OptionProps {
  readonly name: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  onChange(checked: boolean): void;
}

function Option({ name, checked, disabled, onChange }: OptionProps) {
  return (
    <label className={styles.option}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {name}
    </label>
  );
}
