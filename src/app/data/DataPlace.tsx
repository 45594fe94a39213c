import type { ReactElement } from "react";
import { type Dataset, UNSORTED } from "../../dataset/dataset.ts";
import { readiness } from "../../dataset/readiness.ts";
import { hashOf, useViewName } from "../places.ts";
import { JobsOf } from "../shared/JobProgress.tsx";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { ImportProgress, Toolbar } from "./AddPhotos.tsx";
import { AllPhotos } from "./AllPhotos.tsx";
import { ClassesView } from "./ClassesView.tsx";
import styles from "./DataPlace.module.css";
import { NewestGuess } from "./quick/NewestGuess.tsx";
import { SortView } from "./review/SortView.tsx";
import { WorthALook } from "./review/WorthALook.tsx";
import { useAttention } from "./useAttention.ts";
import { Welcome } from "./Welcome.tsx";

interface DataView {
  /** In the address, after `#data/`; the first view needs none. */
  readonly name: string;
  readonly label: string;
  readonly View: () => ReactElement;
  /** Whether the buttons that add photos are above it. */
  readonly adds: boolean;
  /** Whether it shows a look through the photos. */
  looks(dataset: Dataset): boolean;
}

const CLASSES: DataView = {
  name: "",
  label: words.data.views.classes,
  View: ClassesView,
  adds: true,
  looks: () => false,
};
const VIEWS: readonly DataView[] = [
  CLASSES,
  { name: "photos", label: words.data.views.photos, View: AllPhotos, adds: true, looks: () => false },
  { name: "sort", label: words.data.views.sort, View: SortView, adds: false, looks: hasUnsorted },
  { name: "review", label: words.data.views.review, View: WorthALook, adds: false, looks: () => true },
];

export function DataPlace() {
  const dataset = useStore((state) => state.dataset);
  const named = useViewName();
  useAttention();
  const { name, View, adds, looks } = VIEWS.find((view) => view.name === named) ?? CLASSES;
  return (
    <>
      <Standing place="Data" next={readiness(dataset).ready ? { text: words.data.next, place: "Train" } : null} />
      <ImportProgress />
      {looks(dataset) ? null : <JobsOf tasks={["look"]} />}
      {dataset.classes.length === 0 ? (
        <Welcome />
      ) : (
        <>
          {adds ? <Toolbar /> : null}
          {adds ? <NewestGuess /> : null}
          <nav className={styles.views} aria-label={words.data.views.label}>
            {VIEWS.map((view) => (
              <a
                key={view.name}
                href={hashOf("Data", view.name)}
                aria-current={view.name === name ? "page" : undefined}
              >
                {view.label}
              </a>
            ))}
          </nav>
          <View />
        </>
      )}
    </>
  );
}

function hasUnsorted({ samples }: Dataset): boolean {
  return samples.some(({ classId }) => classId === UNSORTED);
}
