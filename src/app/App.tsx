import { useCallback, useEffect, useRef } from "react";
import styles from "./App.module.css";
import { DataPlace } from "./data/DataPlace.tsx";
import { DropLayer } from "./data/DropLayer.tsx";
import { ReadingDialog } from "./data/ReadingDialog.tsx";
import { VideoDialog } from "./data/video/VideoDialog.tsx";
import { EvaluatePlace } from "./evaluate/EvaluatePlace.tsx";
import { ExportPlace } from "./export/ExportPlace.tsx";
import { usePlace } from "./places.ts";
import { Boundary } from "./shared/Boundary.tsx";
import { catchFocus } from "./shared/focus-net.ts";
import { Engine } from "./shell/Engine.tsx";
import { ErasedPage } from "./shell/ErasedPage.tsx";
import { NoProject } from "./shell/NoProject.tsx";
import { Notices } from "./shell/Notices.tsx";
import { Places } from "./shell/Places.tsx";
import { TopBar } from "./shell/TopBar.tsx";
import { useStore } from "./store/store.ts";
import { TrainPlace } from "./train/TrainPlace.tsx";
import { UsePlace } from "./use/UsePlace.tsx";
import { words } from "./words/words.ts";

const PAGES = { Data: DataPlace, Train: TrainPlace, Evaluate: EvaluatePlace, Use: UsePlace, Export: ExportPlace };

const MAIN = "main";

export function App() {
  const place = usePlace();
  const erased = useStore((state) => state.erased);
  const loaded = useStore((state) => state.loaded);
  const projectId = useStore((state) => state.projectId);
  const projectsShown = useStore((state) => state.projectsShown);
  const main = useRef<HTMLElement>(null);
  useThemeOnRoot();
  useEffect(() => catchFocus(document.body), []);

  const focusHeading = useCallback(() => {
    scrollTo(0, 0);
    main.current?.querySelector("h1")?.focus({ preventScroll: true });
  }, []);
  const arrivedAt = useRef(place);
  useEffect(() => {
    document.title = words.shell.pageTitle(place);
    // A place's heading takes the focus on arrival, so that a screen reader says where one is.
    if (arrivedAt.current !== place) focusHeading();
    arrivedAt.current = place;
  }, [place, focusHeading]);

  const Page = PAGES[place];
  if (erased) return <ErasedPage erased={erased} />;
  return (
    <div className={styles.shell}>
      <a
        className={styles.skip}
        href={`#${MAIN}`}
        onClick={(event) => {
          // The address goes on naming the place.
          event.preventDefault();
          focusHeading();
        }}
      >
        {words.shared.skip}
      </a>
      <Boundary holds="part">
        <TopBar />
      </Boundary>
      <Boundary holds="part">
        <Places current={place} />
      </Boundary>
      <main ref={main} id={MAIN} className={styles.main}>
        <Boundary holds="page" key={`${place} ${projectId}`} title={words.shell.places[place]} onMended={focusHeading}>
          {projectId ? <Page key={projectId} /> : loaded ? <NoProject /> : null}
        </Boundary>
      </main>
      <Boundary holds="part">
        <Engine />
      </Boundary>
      <Boundary holds="part">
        {projectsShown ? null : <Notices />}
        {projectId ? <DropLayer place={place} /> : null}
        <ReadingDialog />
        <VideoDialog />
      </Boundary>
    </div>
  );
}

function useThemeOnRoot(): void {
  const theme = useStore((state) => state.theme);
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      document.documentElement.dataset.theme = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
    };
    apply();
    dark.addEventListener("change", apply);
    return () => dark.removeEventListener("change", apply);
  }, [theme]);
}
