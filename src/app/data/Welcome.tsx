/** The first screen: what this is, and three ways to begin. */
import type { ReactNode } from "react";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import { AddLoose, AddZip } from "./AddPhotos.tsx";
import styles from "./Welcome.module.css";

const text = words.data.welcome;

export function Welcome() {
  const { addClass, addSamplePhotos, captureFirst } = useStore.getState();
  const importing = useStore((state) => jobOf(state.jobs, "import") !== undefined);
  return (
    <section className={styles.welcome} aria-labelledby="welcome">
      <h2 id="welcome">{text.title}</h2>
      <p className={controls.quiet}>{text.private}</p>
      <ul className={styles.ways}>
        <Way {...text.camera}>
          <button type="button" className={`${controls.button} ${controls.primary}`} onClick={captureFirst}>
            <Icon name="camera" />
            {words.classes.capture}
          </button>
        </Way>
        <Way {...text.folders}>
          <Folders />
        </Way>
        <Way {...text.samples}>
          <button
            type="button"
            className={`${controls.button} ${controls.primary}`}
            disabled={importing}
            onClick={() => void addSamplePhotos()}
          >
            <Icon name="spark" />
            {words.data.useSamples}
          </button>
        </Way>
      </ul>
      <div className={controls.row}>
        <span className={controls.quiet}>{text.or}</span>
        <AddLoose />
        <AddZip />
        <button type="button" data-add-class="" className={controls.button} onClick={addClass}>
          <Icon name="plus" />
          {words.data.addClass}
        </button>
      </div>
    </section>
  );
}

function Way({ title, text: explanation, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className={`${controls.card} ${styles.way}`}>
      <h3>{title}</h3>
      <p className={controls.quiet}>{explanation}</p>
      <div className={styles.action}>{children}</div>
    </li>
  );
}

function Folders() {
  const importFiles = useStore((state) => state.importFiles);
  return <FileButton label={words.data.addFolders} folders primary onFiles={(files) => void importFiles(files)} />;
}
