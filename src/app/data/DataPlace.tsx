import type { ReactElement } from "react";
import { readiness } from "../../dataset/readiness.ts";
import { hashOf, useViewName } from "../places.ts";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { ImportProgress, Toolbar, Welcome } from "./AddPhotos.tsx";
import { AllPhotos } from "./AllPhotos.tsx";
import { ClassesView } from "./ClassesView.tsx";
import styles from "./DataPlace.module.css";
import { SortView } from "./review/SortView.tsx";
import { WorthALook } from "./review/WorthALook.tsx";

interface DataView {
  /** In the address, after `#data/`; the first view needs none. */
  readonly name: string;
  readonly label: string;
  readonly View: () => ReactElement;
  /** Whether the buttons that add photos are above it. */
  readonly adds: boolean;
}

const CLASSES: DataView = { name: "", label: words.data.views.classes, View: ClassesView, adds: true };
const VIEWS: readonly DataView[] = [
  CLASSES,
  { name: "photos", label: words.data.views.photos, View: AllPhotos, adds: true },
  { name: "sort", label: words.data.views.sort, View: SortView, adds: false },
  { name: "review", label: words.data.views.review, View: WorthALook, adds: false },
];

export function DataPlace() {
  const dataset = useStore((state) => state.dataset);
  const named = useViewName();
  const { name, View, adds } = VIEWS.find((view) => view.name === named) ?? CLASSES;
  return (
    <>
      <Standing place="Data" next={readiness(dataset).ready ? { text: words.data.next, place: "Train" } : null} />
      <ImportProgress />
      {dataset.classes.length === 0 ? (
        <Welcome />
      ) : (
        <>
          {adds ? <Toolbar /> : null}
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
