import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "./Review.module.css";

/** The actions of single keys, and a switch that turns them off. */
export function KeyLegend({ keys }: { keys: readonly (readonly [key: string, meaning: string])[] }) {
  const on = useStore((state) => state.reviewKeys);
  const setOn = useStore((state) => state.setReviewKeys);
  return (
    <div className={styles.legend}>
      <label>
        <input type="checkbox" checked={on} onChange={({ currentTarget }) => setOn(currentTarget.checked)} />
        {words.review.keys.label}
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
