/** The buttons that add photos, and the progress of adding. */
import { UNSORTED } from "../../dataset/dataset.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { JobsOf } from "../shared/JobProgress.tsx";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./DataPlace.module.css";

export function Welcome() {
  const addClass = useStore((state) => state.addClass);
  const addSamplePhotos = useStore((state) => state.addSamplePhotos);
  const importing = useStore((state) => jobOf(state.jobs, "import") !== undefined);
  return (
    <section className={`${controls.empty} ${styles.welcome}`} aria-labelledby="welcome">
      <h2 id="welcome">{words.data.welcome.title}</h2>
      <p className={controls.quiet}>{words.data.welcome.explanation}</p>
      <div className={`${controls.row} ${styles.center}`}>
        <AddButtons />
        <button type="button" className={controls.button} onClick={addClass}>
          <Icon name="plus" />
          {words.data.addClass}
        </button>
      </div>
      <p className={controls.quiet}>{words.data.welcome.noPhotos}</p>
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        disabled={importing}
        onClick={() => void addSamplePhotos()}
      >
        <Icon name="spark" />
        {words.data.useSamples}
      </button>
    </section>
  );
}

export function Toolbar() {
  const classes = useStore((state) => state.dataset.classes);
  const chosen = useStore((state) => state.chosenClass);
  const chooseClass = useStore((state) => state.chooseClass);
  const addSamplePhotos = useStore((state) => state.addSamplePhotos);
  const importing = useStore((state) => jobOf(state.jobs, "import") !== undefined);
  return (
    <div className={styles.toolbar}>
      <AddButtons />
      <label className={styles.into}>
        <span className={controls.quiet}>{words.data.loosePhotosGoTo}</span>
        <select value={chosen ?? ""} onChange={({ currentTarget }) => chooseClass(currentTarget.value || null)}>
          <option value="">{words.classes.unsorted}</option>
          {classes
            .filter(({ id }) => id !== UNSORTED)
            .map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
        </select>
      </label>
      <button
        type="button"
        className={`${controls.button} ${controls.plain}`}
        disabled={importing}
        onClick={() => void addSamplePhotos()}
      >
        <Icon name="spark" />
        {words.data.useSamples}
      </button>
    </div>
  );
}

export function ImportProgress() {
  return <JobsOf tasks={["import"]} />;
}

function AddButtons() {
  const importFiles = useStore((state) => state.importFiles);
  const take = useStore((state) => state.take);
  const onFiles = (files: Parameters<typeof importFiles>[0]) => void importFiles(files);
  return (
    <>
      <FileButton label={words.data.addPhotos} accept="image/*" onFiles={onFiles} />
      <FileButton label={words.data.addFolders} folders onFiles={onFiles} />
      <FileButton
        label={words.data.addZip}
        accept=".zip,.tm,.tar,.tgz,.gz,application/zip,application/x-tar,application/gzip"
        onFiles={(files) => void take(files, importFiles)}
      />
    </>
  );
}
