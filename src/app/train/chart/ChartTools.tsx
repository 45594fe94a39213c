import type { RefObject } from "react";
import controls from "../../shared/controls.module.css";
import { saveFile } from "../../store/save-file.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "./Charts.module.css";
import { type Column, csvOf } from "./csv.ts";
import { rangeWithin } from "./curve.ts";
import { pictureOf } from "./picture.ts";
import type { ChartView } from "./useChartView.ts";

const text = words.train.chart;
/** TensorBoard's slider ends just below 1, where a curve would never move. */
const MOST_SMOOTHING = 0.95;

interface ChartToolsProps {
  readonly view: ChartView;
  readonly onView: (changes: Partial<ChartView>) => void;
  readonly lastEpoch: number;
  /** What a table of all epochs has. */
  readonly columns: () => readonly Column[];
  /** Where the charts are. */
  readonly charts: RefObject<HTMLElement | null>;
}

/** How the charts are looked at, and their way into files. */
export function ChartTools({ view, onView, lastEpoch, columns, charts }: ChartToolsProps) {
  const attempt = useStore((state) => state.attempt);
  const range = rangeWithin(view.range, lastEpoch);
  const saveTable = () =>
    saveFile(new Blob([csvOf(text.epoch, columns())], { type: "text/csv" }), `${text.fileName}.csv`);
  const savePicture = () =>
    attempt(async () => {
      if (charts.current) saveFile(await pictureOf(charts.current), `${text.fileName}.png`);
    });
  return (
    <details className={styles.tools}>
      <summary>{text.options}</summary>
      <div className={styles.options}>
        <label className={styles.check}>
          <input type="checkbox" checked={view.isLog} onChange={({ target }) => onView({ isLog: target.checked })} />
          {text.log}
        </label>
        <Slider
          label={text.smoothing}
          value={view.smoothing}
          max={MOST_SMOOTHING}
          step={0.05}
          shown={words.numbers.decimal(view.smoothing, 2)}
          onChange={(smoothing) => onView({ smoothing })}
        />
        {lastEpoch > 1 ? (
          <>
            <Slider
              label={text.from}
              value={range.from}
              min={1}
              max={lastEpoch - 1}
              shown={words.numbers.count(range.from)}
              onChange={(from) => onView({ range: { from, to: Math.max(range.to, from + 1) } })}
            />
            <Slider
              label={text.to}
              value={range.to}
              min={2}
              max={lastEpoch}
              shown={words.numbers.count(range.to)}
              onChange={(to) =>
                onView({
                  range: to === lastEpoch && range.from === 1 ? null : { from: Math.min(range.from, to - 1), to },
                })
              }
            />
          </>
        ) : null}
        <div className={controls.row}>
          <button type="button" className={controls.button} onClick={() => onView({ range: null })}>
            {text.allEpochs}
          </button>
          <button
            type="button"
            className={controls.button}
            disabled={lastEpoch === 0}
            onClick={() => void savePicture()}
          >
            {text.picture}
          </button>
          <button type="button" className={controls.button} disabled={lastEpoch === 0} onClick={saveTable}>
            {text.table}
          </button>
        </div>
        <p className={controls.quiet}>{text.drag}</p>
      </div>
    </details>
  );
}

interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly step?: number;
  /** The value in words. */
  readonly shown: string;
  readonly onChange: (value: number) => void;
}

function Slider({ label, value, min = 0, max, step = 1, shown, onChange }: SliderProps) {
  return (
    <label className={styles.slider}>
      <span>{label}</span>
      <input
        type="range"
        {...{ value, min, max, step }}
        aria-valuetext={shown}
        onChange={({ target }) => onChange(Number(target.value))}
      />
      <output>{shown}</output>
    </label>
  );
}
