import { useId } from "react";
import { type PhotoClass, UNSORTED } from "../../dataset/dataset.ts";
import { ApplyChoice } from "../shared/ApplyChoice.tsx";
import { CLASS_COLOURS } from "../shared/class-colour.ts";
import controls from "../shared/controls.module.css";
import { Icon } from "../shared/Icon.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./ClassCard.module.css";

/** Moves a class in the list and, except for the class of unsorted photos, sets its colour or merges it into another. */
export function ClassOptions({ photoClass, index }: { photoClass: PhotoClass; index: number }) {
  const { id } = photoClass;
  const classes = useStore((state) => state.dataset.classes);
  const { moveClass, mergeClass } = useStore.getState();
  const others = classes.filter((each) => each.id !== id && each.id !== UNSORTED);
  return (
    <div className={styles.options}>
      <div className={controls.row}>
        <button
          type="button"
          className={controls.button}
          disabled={index === 0}
          onClick={() => moveClass(id, index - 1)}
        >
          <Icon name="up" />
          {words.classes.moveUp}
        </button>
        <button
          type="button"
          className={controls.button}
          disabled={index === classes.length - 1}
          onClick={() => moveClass(id, index + 1)}
        >
          <Icon name="down" />
          {words.classes.moveDown}
        </button>
        {id !== UNSORTED && others.length > 0 ? (
          <ApplyChoice
            label={words.classes.mergeInto}
            placeholder={words.classes.mergeIntoWhich}
            options={others.map(({ id: other, name }) => ({ value: other, text: name }))}
            apply={words.classes.merge}
            onApply={(into) => mergeClass(id, into)}
          />
        ) : null}
      </div>
      {id === UNSORTED ? null : <Colours photoClass={photoClass} />}
    </div>
  );
}

function Colours({ photoClass }: { photoClass: PhotoClass }) {
  const group = useId();
  const { colourClass } = useStore.getState();
  return (
    <fieldset className={styles.colours}>
      <legend className={controls.quiet}>{words.classes.colour}</legend>
      {CLASS_COLOURS.map(({ name, value }, place) => (
        <label key={name} className={styles.colour} title={words.shared.colours[name]}>
          <input
            type="radio"
            name={group}
            className={controls.hidden}
            aria-label={words.shared.colours[name]}
            checked={place === photoClass.colour}
            onChange={() => colourClass(photoClass.id, place)}
          />
          <span style={{ background: value }} />
        </label>
      ))}
    </fieldset>
  );
}
