import { useMemo, useState } from "react";
import { confusionsOf, similarityOrder } from "../../../evaluation/confusions.ts";
import type { Answer } from "../../../evaluation/measures.ts";
import type { EvaluationReport } from "../../../evaluation/report.ts";
import type { Run } from "../../../project/run.ts";
import controls from "../../shared/controls.module.css";
import { saveFile } from "../../store/save-file.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import styles from "../EvaluatePlace.module.css";
import type { Cell } from "../Mistakes.tsx";
import { tableCsv } from "../table-csv.ts";
import { CellPhotos } from "./CellPhotos.tsx";
import { ConfusedPairs } from "./ConfusedPairs.tsx";
import own from "./Matrix.module.css";
import { MatrixTable } from "./MatrixTable.tsx";
import { matrixPicture } from "./picture.ts";

interface ConfusionMatrixProps {
  readonly run: Run;
  readonly classNames: readonly string[];
  readonly report: EvaluationReport;
  /** Of every photo; null where they were not kept, or are not there yet. */
  readonly answers: readonly Answer[] | null;
}

const ORDERS = ["data", "name", "similarity"] as const;
type Order = (typeof ORDERS)[number];

export function ConfusionMatrix({ run, classNames, report, answers }: ConfusionMatrixProps) {
  const { confusion } = report;
  const [by, setBy] = useState<Order>("data");
  const [asRates, setAsRates] = useState(false);
  const [cell, setCell] = useState<Cell | null>(null);
  const order = useMemo(() => orderOf(confusion, classNames, by), [confusion, classNames, by]);
  const confused = useMemo(() => confusionsOf(confusion), [confusion]);
  const text = words.matrix;
  return (
    <section className={`${controls.card} ${styles.wide}`}>
      <h2 id="confusion-title">{text.title}</h2>
      <p className={controls.quiet}>{text.explanation}</p>
      <div className={own.controls}>
        <label className={controls.field}>
          <span>{text.shown}</span>
          <select
            value={asRates ? "rates" : "counts"}
            onChange={({ currentTarget }) => setAsRates(currentTarget.value === "rates")}
          >
            <option value="counts">{text.counts}</option>
            <option value="rates">{text.rates}</option>
          </select>
        </label>
        <label className={controls.field}>
          <span>{text.order}</span>
          <select
            value={by}
            onChange={({ currentTarget }) => setBy(ORDERS.find((each) => each === currentTarget.value) ?? "data")}
          >
            {ORDERS.map((each) => (
              <option key={each} value={each}>
                {text.orders[each]}
              </option>
            ))}
          </select>
        </label>
        <Downloads {...{ classNames, confusion, order }} />
      </div>
      <div className={own.both}>
        <MatrixTable {...{ classNames, confusion, order, asRates, cell }} onCell={setCell} />
        <ConfusedPairs {...{ confused, classNames, cell }} onCell={setCell} />
      </div>
      {cell ? (
        <CellPhotos
          {...{ run, classNames, cell }}
          answers={answers ?? report.mistakes}
          areAllKept={answers !== null}
          onClose={() => setCell(null)}
        />
      ) : null}
    </section>
  );
}

interface DownloadsProps {
  readonly classNames: readonly string[];
  readonly confusion: readonly (readonly number[])[];
  readonly order: readonly number[];
}

function Downloads({ classNames, confusion, order }: DownloadsProps) {
  const attempt = useStore((state) => state.attempt);
  const text = words.matrix;
  const rows = () => [
    [text.trueClass, ...order.map((label) => classNames[label] ?? "")],
    ...order.map((actual) => [
      classNames[actual] ?? "",
      ...order.map((predicted) => confusion[actual]?.[predicted] ?? 0),
    ]),
  ];
  const save = () =>
    attempt(async () => saveFile(await matrixPicture({ classNames, confusion, order }), `${text.fileName}.png`));
  return (
    <div className={controls.row}>
      <button type="button" className={controls.button} onClick={() => void save()}>
        {text.picture}
      </button>
      <button
        type="button"
        className={controls.button}
        onClick={() => saveFile(tableCsv(rows()), `${text.fileName}.csv`)}
      >
        {text.table}
      </button>
    </div>
  );
}

function orderOf(confusion: readonly (readonly number[])[], classNames: readonly string[], by: Order): number[] {
  if (by === "similarity") return similarityOrder(confusion);
  const order = classNames.map((_, label) => label);
  if (by === "data") return order;
  const nameOf = (label: number) => classNames[label] ?? "";
  return order.sort((a, b) => nameOf(a).localeCompare(nameOf(b), undefined, { numeric: true }));
}
