import { differingSettings } from "../../../project/run-differences.ts";
import controls from "../../shared/controls.module.css";
import { valueInWords } from "../../words/settings.ts";
import { words } from "../../words/words.ts";
import styles from "./Comparison.module.css";
import type { ComparedRun } from "./Comparison.tsx";

const text = words.train.compare;

interface Line {
  readonly name: string;
  /** Of each run. */
  readonly values: readonly string[];
}

/** A column for each run, a row for each thing in which they differ. */
export function Differences({ runs }: { runs: readonly ComparedRun[] }) {
  const lines = linesOf(runs);
  return (
    <div className={styles.differences}>
      <h3 id="differences-title">{text.settings}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-labelledby="differences-title">
        <table aria-labelledby="differences-title">
          <thead>
            <tr>
              <th scope="col">{text.setting}</th>
              {runs.map(({ number }) => (
                <th key={number} scope="col">
                  {words.train.runs.name(number)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, values }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {runs.map(({ number }, at) => (
                  <td key={number}>{values[at]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {differingSettings(...runs.map(({ run }) => run.settings)).length ? null : (
        <p className={controls.quiet}>{text.sameSettings}</p>
      )}
    </div>
  );
}

/** The test score and the photos always; the rest where it differs. */
function linesOf(runs: readonly ComparedRun[]): Line[] {
  const { runs: list } = words.train;
  const of = (name: string, value: (run: ComparedRun["run"]) => string): Line => ({
    name,
    values: runs.map(({ run }) => value(run)),
  });
  const test = of(text.test, ({ metrics }) =>
    metrics ? `${text.percent(metrics.accuracy.value)} (${list.range(metrics.accuracy)})` : list.unknown,
  );
  const settings = differingSettings(...runs.map(({ run }) => run.settings)).map((setting) =>
    of(words.settings.of[setting].label, (run) => valueInWords(words.settings, setting, run.settings[setting], "name")),
  );
  const others = [
    of(text.photos, ({ counts }) => list.photos(counts)),
    of(text.baseModel, ({ baseModel }) => baseModel.name),
    of(text.backend, ({ backend }) => (backend === null ? list.unknown : text.backendName(backend))),
  ].filter(({ values }) => new Set(values).size > 1);
  return [test, ...others, ...settings];
}
