import { useState } from "react";
import type { EpochResult } from "../../training/history.ts";
import controls from "../shared/controls.module.css";
import { words } from "../words/words.ts";

const text = words.train.course;
/** More rows at once make the page slow. */
const ROWS = 50;

interface EpochTableProps {
  readonly epochs: readonly EpochResult[];
  /** The learning rate of each, null for those that had none; null where no epoch had one. */
  readonly rates: readonly (number | null)[] | null;
}

/** Every epoch's numbers, some rows at a time. */
export function EpochTable({ epochs, rates }: EpochTableProps) {
  const [page, setPage] = useState(0);
  const first = page * ROWS;
  const last = Math.min(first + ROWS, epochs.length);
  const { loss, percent, decimal } = words.numbers;
  const { learningRate: _, ...withoutRate } = text.columns;
  const rateText = (rate: number | null) => (rate === null ? "" : decimal(rate, 8));
  return (
    <>
      {epochs.length > ROWS ? (
        <div className={controls.row}>
          <button type="button" className={controls.button} disabled={page === 0} onClick={() => setPage(page - 1)}>
            {text.earlier}
          </button>
          <button
            type="button"
            className={controls.button}
            disabled={last === epochs.length}
            onClick={() => setPage(page + 1)}
          >
            {text.later}
          </button>
          <span>{text.rows({ first: first + 1, last, all: epochs.length })}</span>
        </div>
      ) : null}
      <table aria-label={text.numbers}>
        <thead>
          <tr>
            {Object.values(rates ? text.columns : withoutRate).map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {epochs.slice(first, last).map((each, at) => (
            <tr key={each.epoch}>
              <th scope="row">{each.epoch}</th>
              <td>{loss(each.trainLoss)}</td>
              <td>{loss(each.validationLoss)}</td>
              <td>{percent(each.trainAccuracy)}</td>
              <td>{percent(each.validationAccuracy)}</td>
              {rates ? <td>{rateText(rates[first + at] ?? null)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
