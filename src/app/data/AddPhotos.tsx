/** The buttons that add photos, and the progress of adding. */
import { classesOf } from "../../dataset/dataset.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { JobsOf } from "../shared/JobProgress.tsx";
import { PhoneFold } from "../shared/PhoneFold.tsx";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./DataPlace.module.css";

export function Toolbar() {
  return (
    <div className={styles.toolbar}>
      <AddLoose />
      <PhoneFold summary={words.data.moreWays}>
        <AddTogether />
        <LoosePhotos />
        <SamplePhotos />
      </PhoneFold>
    </div>
  );
}

function LoosePhotos() {
  const classes = useStore((state) => state.dataset.classes);
  const chosen = useStore((state) => state.chosenClass);
  const chooseClass = useStore((state) => state.chooseClass);
  return (
    <label className={styles.into}>
      <span className={controls.quiet}>{words.data.loosePhotosGoTo}</span>
      <select value={chosen ?? ""} onChange={({ currentTarget }) => chooseClass(currentTarget.value || null)}>
        <option value="">{words.classes.unsorted}</option>
        {classesOf({ classes }).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function SamplePhotos() {
  const addSamplePhotos = useStore((state) => state.addSamplePhotos);
  const importing = useStore((state) => jobOf(state.jobs, "import") !== undefined);
  return (
    <button
      type="button"
      className={`${controls.button} ${controls.plain}`}
      disabled={importing}
      onClick={() => void addSamplePhotos()}
    >
      <Icon name="spark" />
      {words.data.useSamples}
    </button>
  );
}

export function ImportProgress() {
  return <JobsOf tasks={["import"]} />;
}

export function AddLoose() {
  const importFiles = useStore((state) => state.importFiles);
  return (
    <FileButton label={words.data.addPhotos} accept="image/*,video/*" onFiles={(files) => void importFiles(files)} />
  );
}

/** Many photos at once. */
function AddTogether() {
  const importFiles = useStore((state) => state.importFiles);
  return (
    <>
      <FileButton label={words.data.addFolders} folders onFiles={(files) => void importFiles(files)} />
      <AddZip />
    </>
  );
}

export function AddZip() {
  const importFiles = useStore((state) => state.importFiles);
  const take = useStore((state) => state.take);
  return (
    <FileButton
      label={words.data.addZip}
      accept=".zip,.tm,.tar,.tgz,.gz,.npz,application/zip,application/x-tar,application/gzip"
      onFiles={(files) => void take(files, importFiles)}
    />
  );
}
