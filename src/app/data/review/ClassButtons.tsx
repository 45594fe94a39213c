import { type FormEvent, useMemo, useState } from "react";
import { type ClassId, type PhotoClass, UNSORTED } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { ClassTag } from "./ClassTag.tsx";
import review from "./Review.module.css";
import styles from "./Sort.module.css";
import type { Keys } from "./useKeys.ts";

/** Classes from the tenth on have no number key. */
const NUMBERS = 9;

interface ClassButtonsProps {
  readonly targets: readonly PhotoClass[];
  readonly suggested: ClassId | null;
  onChoose(id: ClassId): void;
}

/** A button for each class, with its number key, and a field that adds a class. */
export function ClassButtons({ targets, suggested, onChoose }: ClassButtonsProps) {
  const addNamedClass = useStore((state) => state.addNamedClass);
  const [name, setName] = useState("");
  const add = (event: FormEvent) => {
    event.preventDefault();
    addNamedClass(name);
    setName("");
  };
  return (
    <>
      <ul className={styles.targets} aria-label={words.sort.classes}>
        {targets.map(({ id }, at) => (
          <li key={id}>
            <button
              type="button"
              className={`${controls.button} ${styles.target}`}
              data-suggested={id === suggested}
              aria-keyshortcuts={at < NUMBERS ? `${at + 1}` : undefined}
              onClick={() => onChoose(id)}
            >
              <ClassTag id={id} />
              {at < NUMBERS ? (
                <span className={review.key} aria-hidden="true">
                  {at + 1}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      <form className={styles.adding} onSubmit={add}>
        <input
          type="text"
          aria-label={words.sort.newClass}
          placeholder={words.sort.newClass}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <button type="submit" className={controls.button} disabled={name.trim() === ""}>
          {words.sort.addClass}
        </button>
      </form>
    </>
  );
}

/** The classes that a photo can be sorted into. */
export function useTargets(): readonly PhotoClass[] {
  const classes = useStore((state) => state.dataset.classes);
  return useMemo(() => classes.filter(({ id }) => id !== UNSORTED), [classes]);
}

/** The number keys of the classes. */
export function numberKeys(targets: readonly PhotoClass[], choose: (id: ClassId) => void): Keys {
  return Object.fromEntries(targets.slice(0, NUMBERS).map(({ id }, at) => [`${at + 1}`, () => choose(id)]));
}
