import type { ReactNode } from "react";
import type { MorePhotosFound } from "../../worker/protocol/index.ts";
import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { JobProgress } from "../shared/JobProgress.tsx";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./MorePhotos.module.css";

const text = words.evaluate.morePhotos;

/** Whether more photos would help, and of which class, worked out on request. */
export function MorePhotos() {
  const job = useStore((state) => jobOf(state.jobs, "parts"));
  const found = useStore((state) => state.morePhotos?.found);
  const isStale = useStore(({ morePhotos, dataset }) => morePhotos !== null && morePhotos.dataset !== dataset);
  const tryParts = useStore((state) => state.tryParts);
  return (
    <section tabIndex={-1} className={`${controls.card} ${styles.card}`} aria-labelledby="more-photos-title">
      <h2 id="more-photos-title">{text.title}</h2>
      {found ? null : <p className={controls.quiet}>{text.explanation}</p>}
      <Beside spot="more-photos" />
      {found && isStale ? <p className={controls.problem}>{text.changed}</p> : null}
      <div role="status" className={styles.answer}>
        {found ? <Answer found={found} /> : null}
      </div>
      {found ? <Numbers found={found} /> : null}
      {job ? (
        <JobProgress job={job} statusName={text.status} />
      ) : (
        <button type="button" className={`${controls.button} ${styles.start}`} onClick={() => void tryParts()}>
          {found ? text.again : text.start}
        </button>
      )}
    </section>
  );
}

function Answer({ found }: { found: MorePhotosFound }) {
  const { helpsMost, classes, added, now, doubled } = found;
  const names = useClassNames(found);
  const most = helpsMost === null ? undefined : classes[helpsMost];
  const photos = classes.reduce((sum, each) => sum + each.photos, 0);
  return (
    <>
      <p className={styles.verdict}>
        {most ? text.most({ added, name: names[helpsMost ?? 0] ?? "", gain: most.gain }) : text.none({ added })}
      </p>
      <p>{text.doubled(doubled)}</p>
      <p className={controls.quiet}>{text.now({ ...now, photos })}</p>
    </>
  );
}

function Numbers({ found }: { found: MorePhotosFound }) {
  const { curve, classes, added } = found;
  const names = useClassNames(found);
  return (
    <details>
      <summary className={controls.quiet}>{text.numbers}</summary>
      <div className={styles.tables}>
        <Table title={text.curve.title} columns={text.curve.columns}>
          {curve.map(({ photos, right }) => (
            <tr key={photos}>
              <th scope="row">{text.count(photos)}</th>
              <td>{text.percent(right)}</td>
            </tr>
          ))}
        </Table>
        <Table title={text.classes.title} columns={text.classes.columns(added)}>
          {classes.map(({ photos, right, gain }, at) => (
            <tr key={found.classIds[at]}>
              <th scope="row">{names[at]}</th>
              <td>{text.count(photos)}</td>
              <td>{text.percent(right)}</td>
              <td>{text.classes.gain(gain)}</td>
            </tr>
          ))}
        </Table>
      </div>
    </details>
  );
}

interface TableProps {
  readonly title: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

function Table({ title, columns, children }: TableProps) {
  return (
    <table className={styles.table}>
      <caption>{title}</caption>
      <thead>
        <tr>
          {Object.entries(columns).map(([column, name]) => (
            <th key={column} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

/** What its classes are called today. */
function useClassNames({ classIds }: MorePhotosFound): string[] {
  const classes = useStore((state) => state.dataset.classes);
  return classIds.map((id) => classes.find((each) => each.id === id)?.name ?? text.classes.gone);
}
