import controls from "../shared/controls.module.css";
import type { ExportText } from "../words/exports.ts";
import styles from "./ExportPlace.module.css";

interface FormatChoiceProps {
  /** Makes its radio button one of a group. */
  readonly group: string;
  readonly value: string;
  readonly text: ExportText;
  readonly checked: boolean;
  readonly disabled?: boolean;
  onChoose(): void;
}

/** One of several ways to write a file, with what it is good for. */
export function FormatChoice({ group, value, text, checked, disabled = false, onChoose }: FormatChoiceProps) {
  const id = `${group}-${value}`;
  return (
    <div className={styles.format}>
      <input
        type="radio"
        name={group}
        id={id}
        aria-describedby={`${id}-text`}
        checked={checked}
        disabled={disabled}
        onChange={onChoose}
      />
      <div>
        <label htmlFor={id}>{text.name}</label>
        <p id={`${id}-text`} className={controls.quiet}>
          {text.text}
        </p>
      </div>
    </div>
  );
}
