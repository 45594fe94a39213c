import { type FormEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
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
  const list = useRef<HTMLUListElement>(null);
  const added = useRef(false);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const before = useStore.getState().dataset;
    addNamedClass(name);
    added.current = useStore.getState().dataset !== before;
    setName("");
  };
  // Work goes on with the new class: Enter sorts the photo into it, and the number keys work again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when its button is there
  useLayoutEffect(() => {
    if (added.current) list.current?.lastElementChild?.querySelector("button")?.focus();
    added.current = false;
  }, [targets]);
  return (
    <>
      <ul ref={list} className={styles.targets} aria-label={words.sort.classes}>
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
