import { useState } from "react";
import controls from "./controls.module.css";

interface ApplyChoiceProps {
  /** Accessible name of the select. */
  readonly label: string;
  /** Shown before anything is chosen. */
  readonly placeholder: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  /** On the button. */
  readonly apply: string;
  onApply(value: string): void;
}

/** A choice that changes something: choosing alone does nothing, so that the arrow keys can look through what there is. */
export function ApplyChoice({ label, placeholder, options, apply, onApply }: ApplyChoiceProps) {
  const [value, setValue] = useState("");
  const chosen = options.some((each) => each.value === value) ? value : "";
  return (
    <span className={controls.choice}>
      <select aria-label={label} value={chosen} onChange={({ currentTarget }) => setValue(currentTarget.value)}>
        <option value="" disabled>
          {placeholder}
        </option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <button type="button" className={controls.button} disabled={chosen === ""} onClick={() => onApply(chosen)}>
        {apply}
      </button>
    </span>
  );
}
