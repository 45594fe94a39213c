import controls from "../../shared/controls.module.css";
import type { BatchPhoto } from "../../store/batch.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { useClassesInUse } from "../useClassesInUse.ts";
import styles from "./Batch.module.css";
import { type BatchFilter, CONFIDENCES, type Confidence } from "./rows.ts";

const text = words.batch.filters;

interface BatchFiltersProps {
  readonly filter: BatchFilter;
  onFilter(filter: BatchFilter): void;
  /** Rows that the filter leaves. */
  readonly shown: number;
  readonly photos: readonly BatchPhoto[];
}

/** Of the option for photos that are none of the classes. */
const UNKNOWN = "unknown";
const NAMES = Object.keys(CONFIDENCES) as Confidence[];

export function BatchFilters({ filter, onFilter, shown, photos }: BatchFiltersProps) {
  const { classNames } = useClassesInUse();
  const rejects = useStore((state) => state.classifier?.rejects === true);
  const someLabelled = photos.some(({ actual }) => actual !== null);
  return (
    <div className={styles.filters}>
      <label className={controls.field}>
        <span>{text.place}</span>
        <select
          value={filter.place ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onFilter({ ...filter, place: value === "" ? null : value === UNKNOWN ? UNKNOWN : Number(value) })
          }
        >
          <option value="">{text.everyClass}</option>
          {rejects ? <option value={UNKNOWN}>{words.use.noneOfThese}</option> : null}
          {classNames.map((name, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its place in the classifier
            <option key={place} value={place}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label className={controls.field}>
        <span>{text.confidence}</span>
        <select
          value={filter.confidence}
          onChange={({ currentTarget: { value } }) => onFilter({ ...filter, confidence: value as Confidence })}
        >
          {NAMES.map((name) => (
            <option key={name} value={name}>
              {text.confidences[name]}
            </option>
          ))}
        </select>
      </label>
      {someLabelled ? (
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={filter.misjudged}
            onChange={({ currentTarget }) => onFilter({ ...filter, misjudged: currentTarget.checked })}
          />
          {text.misjudged}
        </label>
      ) : null}
      <p role="status" className={controls.quiet}>
        {text.shown({ shown, of: photos.length })}
      </p>
    </div>
  );
}
