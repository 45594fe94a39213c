import { type ReactNode, type Ref, useRef, useState } from "react";
import { words } from "../words/words.ts";
import controls from "./controls.module.css";

interface CalmSelectProps {
  readonly label: string;
  /** Whether a heading beside it shows the label's words already. */
  readonly labelHidden?: boolean;
  readonly select?: Ref<HTMLSelectElement>;
  /** Of the label and what it holds. */
  readonly className?: string | undefined;
  readonly value: string;
  readonly disabled: boolean;
  /** Options. */
  readonly children: ReactNode;
  onChoose(value: string): void;
}

/**
 * A select for what takes a while. A choice by mouse or from the open list acts at once; the arrow keys only look through what
 * there is, until Enter is pressed or the focus leaves. Escape goes back.
 */
export function CalmSelect({ label, labelHidden = false, select, className, ...rest }: CalmSelectProps) {
  const { value, disabled, children, onChoose } = rest;
  /** Looked at and not chosen yet; null for none. */
  const [draft, setDraft] = useState<string | null>(null);
  const looking = useRef(false);
  const choose = (chosen: string) => {
    setDraft(null);
    if (chosen !== value) onChoose(chosen);
  };
  return (
    <>
      <label className={className}>
        {labelHidden ? null : <span>{label}</span>}
        <select
          ref={select}
          aria-label={labelHidden ? label : undefined}
          value={draft ?? value}
          disabled={disabled}
          onPointerDown={() => {
            looking.current = false;
          }}
          onKeyDown={({ key }) => {
            if (key === "Enter" && draft !== null) choose(draft);
            if (key === "Escape") setDraft(null);
            // Enter and Space choose from the open list.
            looking.current = !["Enter", " ", "Tab"].includes(key);
          }}
          onBlur={() => {
            looking.current = false;
            if (draft !== null) choose(draft);
          }}
          onChange={({ currentTarget }) => {
            if (looking.current) setDraft(currentTarget.value);
            else choose(currentTarget.value);
          }}
        >
          {children}
        </select>
      </label>
      <p role="status" className={controls.quiet}>
        {draft !== null && draft !== value ? words.shared.enterChooses : ""}
      </p>
    </>
  );
}
