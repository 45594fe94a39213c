import type { Estimate } from "../../../evaluation/report.ts";
import { type Run, validationOf } from "../../../project/run.ts";
import { differingSettings } from "../../../project/run-differences.ts";
import { runNumbers } from "../../../project/run-numbers.ts";
import { changedSettings } from "../../../training/changed-settings.ts";
import { useStore } from "../../store/store.ts";
import { changeInWords } from "../../words/settings.ts";
import { words } from "../../words/words.ts";
import { RunActions } from "./RunActions.tsx";
import { RunNote } from "./RunNote.tsx";
import styles from "./RunsTab.module.css";

const text = words.train.runs;

interface RunRowProps {
  readonly run: Run;
  /** The one in the row above; undefined for the first. */
  readonly above: Run | undefined;
  readonly number: number;
}

/** On a narrow page a row is a card, a list of its cells, each with its column's name. */
export function RunRow({ run, above, number }: RunRowProps) {
  const chosen = useStore((state) => state.chosenRuns.includes(run.id));
  const chooseRun = useStore((state) => state.chooseRun);
  const { columns } = text;
  return (
    <tr className={chosen ? styles.chosen : undefined}>
      <td className={styles.choose}>
        <input
          type="checkbox"
          aria-label={text.named({ action: columns.choose, number })}
          checked={chosen}
          onChange={({ target }) => chooseRun(run.id, target.checked)}
        />
      </td>
      <th scope="row">
        {text.name(number)} <span className={styles.small}>{text.dateTime(run.finishedAt)}</span>
      </th>
      <td data-column={columns.baseModel}>{run.baseModel.name}</td>
      <td data-column={columns.changes}>
        <span>
          {changes(run, above)} <StartedFrom run={run} />
        </span>
      </td>
      <td data-column={columns.photos} className={styles.number}>
        {text.photos(run.counts)}
      </td>
      <td data-column={columns.validation} className={styles.number}>
        <Measured estimate={validationOf(run)} />
      </td>
      <td data-column={columns.test} className={styles.number}>
        <Measured estimate={run.metrics?.accuracy ?? null} macroF1={run.metrics?.macroF1 ?? null} />
      </td>
      <td data-column={columns.duration} className={styles.number}>
        <span>
          {run.durationMs === null ? text.unknown : text.duration(run.durationMs / 1000)}{" "}
          <span className={styles.small}>{words.train.outcome(run.outcome, run.settings.patience)}</span>
        </span>
      </td>
      <td data-column={columns.note} className={styles.note}>
        <RunNote run={run} number={number} />
      </td>
      <td className={styles.actions}>
        <RunActions run={run} number={number} />
      </td>
    </tr>
  );
}

function StartedFrom({ run: { startedFrom } }: { run: Run }) {
  const number = useStore((state) => (startedFrom ? runNumbers(state.runs).get(startedFrom) : undefined));
  if (!startedFrom) return null;
  return <span className={styles.small}>{number ? text.startedFrom(number) : text.startedFromGone}</span>;
}

interface MeasuredProps {
  readonly estimate: Estimate | null;
  readonly macroF1?: Estimate | null;
}

function Measured({ estimate, macroF1 = null }: MeasuredProps) {
  if (!estimate) return text.unknown;
  return (
    <span>
      {words.numbers.percent(estimate.value)} <span className={styles.small}>{text.range(estimate)}</span>
      {macroF1 ? <span className={styles.small}> {text.macroF1(macroF1.value)}</span> : null}
    </span>
  );
}

/** The run's own values, where they are not those of the run above; for the first run, where they are not the defaults. */
function changes({ settings }: Run, above: Run | undefined): string {
  const names = above ? differingSettings(settings, above.settings) : changedSettings(settings);
  const list = words.settings.list(names.map((name) => changeInWords(words.settings, name, settings[name])));
  if (above) return list || text.nothing;
  return list ? text.changedSettings(list) : text.asTheyCome;
}
