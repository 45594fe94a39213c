import type { Run } from "../../../project/run.ts";
import type { MeasuredOn } from "../../../project/run-photos.ts";
import { hasValidation } from "../../store/measures.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "./Metrics.module.css";

const CHOICES: readonly MeasuredOn[] = ["test", "validation"];

/** The photos that the numbers come from: a choice where a run has both kinds. */
export function TestedOn({ run, on }: { run: Run; on: MeasuredOn }) {
  const measureOn = useStore((state) => state.measureOn);
  const text = words.metrics.on;
  if (!hasValidation(run)) return null;
  return (
    <fieldset className={styles.on}>
      <legend>{text.label}</legend>
      {CHOICES.map((each) => (
        <label key={each}>
          <input type="radio" name="measured-on" checked={each === on} onChange={() => measureOn(each)} />
          {text[each]}
        </label>
      ))}
    </fieldset>
  );
}
