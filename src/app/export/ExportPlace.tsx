import { useState } from "react";
import type { ClassifierSummary } from "../../project/classifier.ts";
import type { ExportFormat } from "../../worker/protocol/index.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import styles from "./ExportPlace.module.css";
import { SavedModels } from "./SavedModels.tsx";

export function ExportPlace() {
  const classifier = useStore((state) => state.classifier);
  const hasPhotos = useStore((state) => state.dataset.samples.length > 0);
  return (
    <>
      <Standing place="Export" next={classifier ? null : { text: "Train first", place: "Train" }} />
      <div className={styles.columns}>
        {classifier || hasPhotos ? (
          <div className={styles.stack}>
            <Download classifier={classifier} />
            {hasPhotos ? <Photos /> : null}
          </div>
        ) : (
          <p className={`${controls.empty} ${controls.quiet} ${styles.wide}`}>
            What you make is yours: once there are photos, download the whole project; once trained, the classifier for
            other programs.
          </p>
        )}
        <div className={`${styles.stack} ${classifier || hasPhotos ? "" : styles.wide}`}>
          {classifier ? <Save key={classifier.name} classifier={classifier} /> : null}
          <Open />
        </div>
        <SavedModels />
      </div>
    </>
  );
}

type Format = "project" | ExportFormat;

const FORMATS: readonly { readonly format: Format; readonly name: string; readonly text: string }[] = [
  {
    format: "project",
    name: "Headstart project",
    text: "Photos, labels, splits, settings, runs and the model in one zip, to keep or to open in another browser.",
  },
  {
    format: "teachable-machine",
    name: "Teachable Machine",
    text: "A zip that Teachable Machine’s library, ml5 and projects built on them load.",
  },
  {
    format: "tfjs",
    name: "TensorFlow.js",
    text: "A layers-model with its labels and how to feed it, for your own pages and for Headstart.",
  },
];

function Download({ classifier }: { classifier: ClassifierSummary | null }) {
  const [chosen, setChosen] = useState<Format>("project");
  const downloadProject = useStore((state) => state.downloadProject);
  const downloadClassifier = useStore((state) => state.downloadClassifier);
  const busy = useStore((state) => state.exporting || state.fileJob !== null);
  const projectName = useStore((state) => state.projectName);
  const format = classifier ? chosen : "project";
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>Download “{format === "project" ? projectName : classifier?.name}”</h2>
      <div role="radiogroup" aria-label="Format" className={styles.formats}>
        {FORMATS.map(({ format: each, name, text }) => (
          <div key={each} className={styles.format}>
            <input
              type="radio"
              name="format"
              id={`format-${each}`}
              aria-describedby={`format-${each}-text`}
              checked={format === each}
              disabled={each !== "project" && !classifier}
              onChange={() => setChosen(each)}
            />
            <div>
              <label htmlFor={`format-${each}`}>{name}</label>
              <p id={`format-${each}-text`} className={controls.quiet}>
                {text}
              </p>
            </div>
          </div>
        ))}
      </div>
      {classifier ? null : <p className={styles.limits}>The other formats are for a trained classifier.</p>}
      {classifier && format === "teachable-machine" ? <TeachableMachineLimits classifier={classifier} /> : null}
      <div>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          disabled={busy}
          onClick={() => void (format === "project" ? downloadProject() : downloadClassifier(format))}
        >
          <Icon name="Export" />
          Download
        </button>
      </div>
    </section>
  );
}

/** Where Teachable Machine's readers do less than the classifier needs. */
function TeachableMachineLimits({ classifier: { inputSize, crop } }: { classifier: ClassifierSummary }) {
  const limits = [
    inputSize.height !== 224
      ? `ml5 insists on 224 pixels; this model sees ${inputSize.height}. Teachable Machine’s own library reads it.`
      : "",
    crop === "squash" ? "Its readers cut out the photo’s centre, while this model was trained on whole photos." : "",
  ].filter(Boolean);
  return limits.length ? <p className={styles.limits}>{limits.join(" ")}</p> : null;
}

function Save({ classifier }: { classifier: ClassifierSummary }) {
  const [name, setName] = useState(classifier.name);
  const saveModel = useStore((state) => state.saveModel);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>Keep it here</h2>
      <p className={controls.quiet}>It stays in this browser and works offline, also after you train something else.</p>
      <label className={controls.field}>
        <span>Model name</span>
        <input type="text" value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      </label>
      <div>
        <button
          type="button"
          className={controls.button}
          disabled={!name.trim()}
          onClick={() => void saveModel(name.trim())}
        >
          Save in this browser
        </button>
      </div>
    </section>
  );
}

function Photos() {
  const downloadPhotos = useStore((state) => state.downloadPhotos);
  const busy = useStore((state) => state.fileJob !== null);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>Take the photos</h2>
      <p className={controls.quiet}>
        A zip of the photos as they came, in folders by split and class, with a table of their labels. Other tools read
        it, and so does Headstart.
      </p>
      <div>
        <button type="button" className={controls.button} disabled={busy} onClick={() => void downloadPhotos()}>
          Download photos
        </button>
      </div>
    </section>
  );
}

function Open() {
  const take = useStore((state) => state.take);
  const openFiles = useStore((state) => state.openFiles);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>Open a project or a model</h2>
      <p className={controls.quiet}>
        A Headstart project opens beside your others. A Teachable Machine export or a TensorFlow.js zip from here
        becomes the classifier in use; any other TensorFlow.js or Keras model a base model. A Teachable Machine project
        (.tm) adds its photos to this project.
      </p>
      <div>
        <FileButton
          label="Open file"
          accept=".zip,.tm,.json,.bin,.keras,.h5"
          onFiles={(files) => void take(files, openFiles)}
        />
      </div>
    </section>
  );
}
