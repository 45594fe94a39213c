/** The ways in for photos, and how far a way in is. */
import { UNSORTED } from "../../dataset/dataset.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { JobProgress } from "../shared/JobProgress.tsx";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import styles from "./DataPlace.module.css";

export function Welcome() {
  const addClass = useStore((state) => state.addClass);
  const addSamplePhotos = useStore((state) => state.addSamplePhotos);
  const importing = useStore((state) => jobOf(state.jobs, "import") !== undefined);
  return (
    <section className={`${controls.empty} ${styles.welcome}`} aria-labelledby="welcome">
      <h2 id="welcome">Drop folders of photos anywhere on this page</h2>
      <p className={controls.quiet}>
        One folder for each thing to tell apart, like “cats” and “dogs”. The folder’s name becomes the class. Ten photos
        a class are a start; a hundred are better. Everything stays in this browser.
      </p>
      <div className={`${controls.row} ${styles.center}`}>
        <AddButtons />
        <button type="button" className={controls.button} onClick={addClass}>
          <Icon name="plus" />
          Add class
        </button>
      </div>
      <p className={controls.quiet}>No photos at hand?</p>
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        disabled={importing}
        onClick={() => void addSamplePhotos()}
      >
        <Icon name="spark" />
        Use sample photos
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
        <span className={controls.quiet}>Loose photos go to</span>
        <select value={chosen ?? ""} onChange={({ currentTarget }) => chooseClass(currentTarget.value || null)}>
          <option value="">Unsorted</option>
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
        Use sample photos
      </button>
    </div>
  );
}

export function ImportProgress() {
  const job = useStore((state) => jobOf(state.jobs, "import"));
  return job ? <JobProgress job={job} /> : null;
}

function AddButtons() {
  const importFiles = useStore((state) => state.importFiles);
  const take = useStore((state) => state.take);
  const onFiles = (files: Parameters<typeof importFiles>[0]) => void importFiles(files);
  return (
    <>
      <FileButton label="Add photos" accept="image/*" onFiles={onFiles} />
      <FileButton label="Add folders" folders onFiles={onFiles} />
      <FileButton
        label="Add zip"
        accept=".zip,.tm,application/zip"
        onFiles={(files) => void take(files, importFiles)}
      />
    </>
  );
}
