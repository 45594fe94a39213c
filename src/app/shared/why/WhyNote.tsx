import { hottestPart } from "../../../evaluation/heat-map.ts";
import type { Explanation } from "../../../worker/protocol/index.ts";
import { classNamesInUse } from "../../store/selectors.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import controls from "../controls.module.css";
import styles from "./Why.module.css";

/** What a heat map says, in words, and what its colours mean. */
export function WhyNote({ explanation }: { explanation: Explanation | null }) {
  const runs = useStore((state) => state.runs);
  const classifier = useStore((state) => state.classifier);
  const dataset = useStore((state) => state.dataset);
  if (!explanation) return <p className={controls.quiet}>{words.why.working}</p>;
  const { map, place, probabilities } = explanation;
  const className = classNamesInUse({ runs, classifier, dataset })[place] ?? "";
  return (
    <div className={styles.note}>
      <p>{words.why.described({ part: hottestPart(map), className, probability: probabilities[place] ?? 0 })}</p>
      <p className={styles.legend}>
        <span className={controls.hidden}>{words.why.legend}: </span>
        {words.why.little}
        <span className={styles.scale} aria-hidden="true" />
        {words.why.most}
      </p>
    </div>
  );
}

/** The switch, wherever it stands. */
export function WhySwitch() {
  const showWhy = useStore((state) => state.showWhy);
  const setShowWhy = useStore((state) => state.setShowWhy);
  return (
    <label className={styles.switch}>
      <input type="checkbox" checked={showWhy} onChange={({ currentTarget }) => setShowWhy(currentTarget.checked)} />
      {words.why.show}
    </label>
  );
}
