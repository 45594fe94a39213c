import { useState } from "react";
import { EXPORT_NAMES, type ExportFormat, isExportFormat, limitsOf, packingOf } from "../../network/exports.ts";
import type { ClassifierSummary } from "../../project/classifier.ts";
import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { FileButton } from "../shared/FileButton.tsx";
import { Icon } from "../shared/Icon.tsx";
import { JobsOf } from "../shared/JobProgress.tsx";
import { Standing } from "../shared/Standing.tsx";
import type { ExportChoice } from "../store/export.ts";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { limitInWords } from "../words/exports.ts";
import { words } from "../words/words.ts";
import { DownloadPhotos } from "./DownloadPhotos.tsx";
import { ExportOptions } from "./ExportOptions.tsx";
import styles from "./ExportPlace.module.css";
import { FormatChoice } from "./FormatChoice.tsx";
import { SavedModels } from "./SavedModels.tsx";

export function ExportPlace() {
  const classifier = useStore((state) => state.classifier);
  const hasPhotos = useStore((state) => state.dataset.samples.length > 0);
  return (
    <>
      <Standing place="Export" next={classifier ? null : { text: words.exports.trainFirst, place: "Train" }} />
      <JobsOf tasks={["export", "save", "open", "download"]} place="Export" />
      <div className={styles.columns}>
        {classifier || hasPhotos ? (
          <div className={styles.stack}>
            <Download classifier={classifier} />
            {hasPhotos ? <DownloadPhotos /> : null}
          </div>
        ) : (
          <p className={`${controls.empty} ${controls.quiet} ${styles.wide}`}>{words.exports.nothingYet}</p>
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

/** What the radio buttons offer: the photos alone have a section of their own. */
type Format = "project" | ExportFormat;
const FORMATS = EXPORT_NAMES.filter((name): name is Format => name === "project" || isExportFormat(name));

function Download({ classifier }: { classifier: ClassifierSummary | null }) {
  const [chosen, setChosen] = useState<Format>("project");
  const downloadProject = useStore((state) => state.downloadProject);
  const downloadClassifier = useStore((state) => state.downloadClassifier);
  const busy = useStore((state) => jobOf(state.jobs, "export", "save", "open") !== undefined);
  const projectName = useStore((state) => state.projectName);
  const hasPhotos = useStore((state) => state.dataset.samples.length > 0);
  const [choice, setChoice] = useState<ExportChoice>({ alone: false, ownPhotos: false });
  const format = classifier ? chosen : "project";
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>{words.exports.downloadTitle(format === "project" ? projectName : (classifier?.name ?? ""))}</h2>
      <div role="radiogroup" aria-label={words.exports.formats} className={styles.formats}>
        {FORMATS.map((each) => (
          <FormatChoice
            key={each}
            group="format"
            value={each}
            text={words.exports.of[each]}
            checked={format === each}
            disabled={each !== "project" && !classifier}
            onChoose={() => setChosen(each)}
          />
        ))}
      </div>
      {classifier ? null : <p className={styles.limits}>{words.exports.needClassifier}</p>}
      {classifier && format !== "project" ? <Limits format={format} classifier={classifier} /> : null}
      {format === "project" ? null : (
        <ExportOptions
          choice={choice}
          hasFile={packingOf(format).alone !== undefined}
          hasPhotos={hasPhotos}
          onChange={setChoice}
        />
      )}
      <div>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          disabled={busy}
          onClick={() => void (format === "project" ? downloadProject() : downloadClassifier(format, choice))}
        >
          <Icon name="Export" />
          {words.exports.download}
        </button>
      </div>
      <Beside spot="download" />
    </section>
  );
}

/** Where a format's readers do otherwise than the classifier needs. */
function Limits({ format, classifier }: { format: ExportFormat; classifier: ClassifierSummary }) {
  const input = { crop: classifier.crop, side: classifier.inputSize.height, rejects: classifier.rejects === true };
  const limits = limitsOf(format, input);
  if (limits.length === 0) return null;
  return (
    <p className={styles.limits}>{limits.map((limit) => limitInWords(words.exports.limits, limit, input)).join(" ")}</p>
  );
}

function Save({ classifier }: { classifier: ClassifierSummary }) {
  const [name, setName] = useState(classifier.name);
  const saveModel = useStore((state) => state.saveModel);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>{words.exports.saveTitle}</h2>
      <p className={controls.quiet}>{words.exports.saveText}</p>
      <label className={controls.field}>
        <span>{words.exports.modelName}</span>
        <input type="text" value={name} onChange={({ currentTarget }) => setName(currentTarget.value)} />
      </label>
      <div>
        <button
          type="button"
          className={controls.button}
          disabled={!name.trim()}
          onClick={() => void saveModel(name.trim())}
        >
          {words.exports.save}
        </button>
      </div>
      <Beside spot="save-model" />
    </section>
  );
}

function Open() {
  const take = useStore((state) => state.take);
  const openFiles = useStore((state) => state.openFiles);
  const clearBeside = useStore((state) => state.clearBeside);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>{words.exports.openTitle}</h2>
      <p className={controls.quiet}>{words.exports.openText}</p>
      <div>
        <FileButton
          label={words.exports.openFile}
          accept=".zip,.tm,.json,.bin,.keras,.h5,.onnx,.data,.tflite"
          onFiles={(files) => {
            clearBeside("open-file");
            void take(files, openFiles);
          }}
        />
      </div>
      <Beside spot="open-file" />
    </section>
  );
}
