import type { ReactNode } from "react";
import { UNSORTED } from "../../dataset/dataset.ts";
import { type Findings, NO_FILTER, type PhotoFilter } from "../../dataset/filter.ts";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import styles from "./AllPhotos.module.css";
import { SPLIT_NAMES, SPLITS } from "./grid/split-names.ts";
import { KIND_NAMES, KINDS } from "./review/kinds.ts";

interface FiltersProps {
  readonly filter: PhotoFilter;
  /** null before the photos were looked through: there is nothing to ask of it then. */
  readonly audit: Findings["audit"];
  onChange(filter: PhotoFilter): void;
}

/** What photos are looked for. */
export function Filters({ filter, audit, onChange }: FiltersProps) {
  const classes = useStore((state) => state.dataset.classes);
  return (
    <search className={styles.filters}>
      <label className={`${controls.field} ${styles.search}`}>
        <span>File name</span>
        <input
          type="search"
          value={filter.text}
          onChange={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
        />
      </label>
      <Choice label="Class" value={filter.classId} onChange={(classId) => onChange({ ...filter, classId })}>
        {classes.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice label="Split" value={filter.split} onChange={(split) => onChange({ ...filter, split: splitOf(split) })}>
        {SPLITS.map((split) => (
          <option key={split} value={split}>
            {SPLIT_NAMES[split].name}
          </option>
        ))}
        <option value="none">Takes no part</option>
      </Choice>
      {audit?.suspicions.length ? (
        <Choice
          label="Suspicion"
          value={filter.suspicion}
          onChange={(suspicion) => onChange({ ...filter, suspicion: suspicionOf(suspicion) })}
        >
          <option value="any">Worth a look</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_NAMES[kind]}
            </option>
          ))}
        </Choice>
      ) : null}
      {audit?.predictions.length ? (
        <Choice
          label="Looks like"
          value={filter.prediction}
          onChange={(prediction) => onChange({ ...filter, prediction })}
        >
          <option value="another">Another class</option>
          {classes
            .filter(({ id }) => id !== UNSORTED)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </Choice>
      ) : null}
      {filter === NO_FILTER ? null : (
        <button type="button" className={`${controls.button} ${controls.plain}`} onClick={() => onChange(NO_FILTER)}>
          Show all
        </button>
      )}
    </search>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string | null;
  readonly children: ReactNode;
  onChange(value: string | null): void;
}

function Choice({ label, value, children, onChange }: ChoiceProps) {
  return (
    <label className={controls.field}>
      <span>{label}</span>
      <select value={value ?? ""} onChange={({ currentTarget }) => onChange(currentTarget.value || null)}>
        <option value="">Any</option>
        {children}
      </select>
    </label>
  );
}

function splitOf(value: string | null): PhotoFilter["split"] {
  return value === "none" ? "none" : (SPLITS.find((split) => split === value) ?? null);
}

function suspicionOf(value: string | null): PhotoFilter["suspicion"] {
  return value === "any" ? "any" : (KINDS.find((kind) => kind === value) ?? null);
}
