import { type ReactNode, useRef } from "react";
import { UNSORTED } from "../../dataset/dataset.ts";
import { type Findings, NO_FILTER, type PhotoFilter } from "../../dataset/filter.ts";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./AllPhotos.module.css";
import { shownName } from "./class-name.ts";
import { SPLITS } from "./grid/splits.ts";
import { KINDS } from "./review/kinds.ts";

interface FiltersProps {
  readonly filter: PhotoFilter;
  /** null before the first look through the photos: there is nothing to filter by then. */
  readonly audit: Findings["audit"];
  onChange(filter: PhotoFilter): void;
}

/** Chooses which photos are shown. */
export function Filters({ filter, audit, onChange }: FiltersProps) {
  const classes = useStore((state) => state.dataset.classes);
  const search = useRef<HTMLInputElement>(null);
  return (
    <search className={styles.filters}>
      <label className={`${controls.field} ${styles.search}`}>
        <span>{words.filters.fileName}</span>
        <input
          ref={search}
          type="search"
          value={filter.text}
          onChange={({ currentTarget }) => onChange({ ...filter, text: currentTarget.value })}
        />
      </label>
      <Choice
        label={words.filters.class}
        value={filter.classId}
        onChange={(classId) => onChange({ ...filter, classId })}
      >
        {classes.map((each) => (
          <option key={each.id} value={each.id}>
            {shownName(each)}
          </option>
        ))}
      </Choice>
      <Choice
        label={words.filters.split}
        value={filter.split}
        onChange={(split) => onChange({ ...filter, split: splitOf(split) })}
      >
        {SPLITS.map((split) => (
          <option key={split} value={split}>
            {words.grid.splits[split].name}
          </option>
        ))}
        <option value="none">{words.filters.noSplit}</option>
      </Choice>
      {audit?.suspicions.length ? (
        <Choice
          label={words.filters.suspicion}
          value={filter.suspicion}
          onChange={(suspicion) => onChange({ ...filter, suspicion: suspicionOf(suspicion) })}
        >
          <option value="any">{words.filters.anySuspicion}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {words.review.kinds[kind]}
            </option>
          ))}
        </Choice>
      ) : null}
      {audit?.predictions.length ? (
        <Choice
          label={words.filters.looksLike}
          value={filter.prediction}
          onChange={(prediction) => onChange({ ...filter, prediction })}
        >
          <option value="another">{words.filters.anotherClass}</option>
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
        <button
          type="button"
          className={`${controls.button} ${controls.plain}`}
          onClick={() => {
            // The button goes with the last filter.
            search.current?.focus();
            onChange(NO_FILTER);
          }}
        >
          {words.filters.showAll}
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
        <option value="">{words.filters.any}</option>
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
