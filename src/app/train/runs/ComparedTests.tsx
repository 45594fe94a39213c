import type { RunPair } from "../../../project/compare-runs.ts";
import type { RunId } from "../../../project/run.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "./Comparison.module.css";
import type { ComparedRun } from "./Comparison.tsx";

const text = words.train.compare;

/** Whether the test scores differ by more than chance, a sentence for each pair. */
export function ComparedTests({ runs }: { runs: readonly ComparedRun[] }) {
  const pairs = useStore(({ comparison, chosenRuns }) => (comparison?.of === chosenRuns ? comparison.pairs : null));
  const numbers = new Map(runs.map(({ run, number }) => [run.id, number]));
  return (
    <div role="status" className={styles.tests} aria-label={text.testTitle}>
      <h3>{text.testTitle}</h3>
      {pairs ? (
        <ul>
          {pairs.map((pair) => (
            <li key={`${pair.first} ${pair.second}`}>{sentence(pair, numbers)}</li>
          ))}
        </ul>
      ) : (
        <p>{text.workingOut}</p>
      )}
      <p className={controls.quiet}>
        {text.method} {pairs && pairs.length > 1 ? text.several : null}
      </p>
    </div>
  );
}

/** The better run goes first. */
function sentence(pair: RunPair, numbers: ReadonlyMap<RunId, number>): string {
  const names = { first: numbers.get(pair.first) ?? 0, second: numbers.get(pair.second) ?? 0 };
  if (pair.kind === "nothing-shared") return text.nothingShared(names);
  if (pair.kind === "not-kept") return text.notKept(names);
  const { shared, relabelled, onlyFirst, onlySecond, p } = pair;
  const compared =
    onlyFirst >= onlySecond
      ? { ...names, onlyFirst, onlySecond }
      : { first: names.second, second: names.first, onlyFirst: onlySecond, onlySecond: onlyFirst };
  const leftOut = relabelled > 0 ? ` ${text.relabelled(relabelled)}` : "";
  return `${text.compared({ ...compared, shared, p })}${leftOut}`;
}
