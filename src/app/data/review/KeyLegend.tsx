import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import styles from "./Review.module.css";

/** The one-key actions, and a switch for people who are better off without. */
export function KeyLegend({ keys }: { keys: readonly (readonly [key: string, meaning: string])[] }) {
  const on = useStore((state) => state.reviewKeys);
  const setOn = useStore((state) => state.setReviewKeys);
  return (
    <div className={styles.legend}>
      <label>
        <input type="checkbox" checked={on} onChange={({ currentTarget }) => setOn(currentTarget.checked)} />
        Keys
      </label>
      {on ? (
        <dl className={controls.quiet}>
          {keys.map(([key, meaning]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
