import { useState } from "react";
import type { ClassifierSummary, ExportFormat } from "../../worker/protocol.ts";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { Standing } from "../shared/Standing.tsx";
import { useStore } from "../store/store.ts";
import styles from "./ExportPlace.module.css";
import { SavedModels } from "./SavedModels.tsx";

export function ExportPlace() {
  const classifier = useStore((state) => state.classifier);
  const openFiles = useStore((state) => state.openFiles);
  return (
    <>
      <Standing title="Export" next={classifier ? null : { text: "Train first", place: "Train" }} />
      <div className={styles.columns}>
        {classifier ? (
          <>
            <Download classifier={classifier} />
            <Save key={classifier.name} classifier={classifier} />
          </>
        ) : (
          <p className={`${controls.empty} ${controls.quiet} ${styles.wide}`}>
            Once trained, the classifier is yours: download it for other programs or keep it in this browser.
          </p>
        )}
        <section className={`${controls.card} ${styles.section} ${classifier ? "" : styles.wide}`}>
          <h2>Open a model</h2>
          <p className={controls.quiet}>
            A Teachable Machine export, or a TensorFlow.js zip from here. Any other TensorFlow.js model becomes a base
            model.
          </p>
          <div>
            <FileButton
              label="Open file"
              accept=".zip,.json,.bin,.keras,.h5"
              onFiles={(files) => void openFiles(files)}
            />
          </div>
        </section>
        <SavedModels />
      </div>
    </>
  );
}

const FORMATS: readonly { readonly format: ExportFormat; readonly name: string; readonly text: string }[] = [
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

function Download({ classifier }: { classifier: ClassifierSummary }) {
  const [format, setFormat] = useState<ExportFormat>("teachable-machine");
  const downloadClassifier = useStore((state) => state.downloadClassifier);
  const exporting = useStore((state) => state.exporting);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>Download “{classifier.name}”</h2>
      <div role="radiogroup" aria-label="Format" className={styles.formats}>
        {FORMATS.map(({ format: each, name, text }) => (
          <div key={each} className={styles.format}>
            <input
              type="radio"
              name="format"
              id={`format-${each}`}
              aria-describedby={`format-${each}-text`}
              checked={format === each}
              onChange={() => setFormat(each)}
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
      {format === "teachable-machine" ? <TeachableMachineLimits classifier={classifier} /> : null}
      <div>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          disabled={exporting}
          onClick={() => void downloadClassifier(format)}
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
