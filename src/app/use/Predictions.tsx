import { type SyntheticEvent, useMemo, useState } from "react";
import { Bars } from "../shared/Bars.tsx";
import controls from "../shared/controls.module.css";
import { PhotoViewer, type ViewedPhoto } from "../shared/PhotoViewer.tsx";
import { useObjectUrl } from "../shared/useObjectUrl.ts";
import { useStore } from "../store/store.ts";
import type { PhotoPrediction } from "../store/use.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import styles from "./UsePlace.module.css";
import { type ClassesInUse, useClassesInUse } from "./useClassesInUse.ts";

export function Predictions() {
  const predictions = useStore((state) => state.predictions);
  const classes = useClassesInUse();
  const [large, setLarge] = useState<string | null>(null);
  const photos = useMemo(() => predictions.filter(isPhoto).map(viewed), [predictions]);
  return (
    <>
      <ul className={styles.list} aria-label={words.use.photos.list}>
        {predictions.map((prediction) => (
          <Prediction
            key={prediction.id}
            prediction={prediction}
            classes={classes}
            onEnlarge={() => setLarge(keyOf(prediction))}
          />
        ))}
      </ul>
      {large === null ? null : (
        <PhotoViewer
          photos={photos}
          shown={large}
          explained
          onStep={setLarge}
          onClose={() => {
            setLarge(null);
            document.getElementById(buttonId(large))?.focus();
          }}
        />
      )}
    </>
  );
}

interface PredictionProps {
  readonly prediction: PhotoPrediction;
  readonly classes: ClassesInUse;
  onEnlarge(): void;
}

function Prediction({ prediction, classes, onEnlarge }: PredictionProps) {
  const { file, outcome } = prediction;
  const url = useObjectUrl(file.blob);
  return (
    <li className={styles.item}>
      {isPhoto(prediction) ? (
        <button
          type="button"
          id={buttonId(keyOf(prediction))}
          className={styles.picture}
          aria-label={words.shared.viewer.enlarge(file.path)}
          onClick={onEnlarge}
        >
          <img src={url} alt="" onError={hide} />
        </button>
      ) : (
        <span className={styles.picture} />
      )}
      <div>
        <strong>{file.path}</strong>
        {outcome === null ? <p className={controls.quiet}>{words.use.photos.working}</p> : null}
        {outcome && "fault" in outcome ? (
          <p className={controls.problem}>{sentence(words.faults, outcome.fault)}</p>
        ) : null}
        {outcome && "probabilities" in outcome && outcome.isUnknown ? (
          <p className={styles.unknown}>
            <strong>{words.use.noneOfThese}</strong> <span className={controls.quiet}>{words.use.unlikeAll}</span>
          </p>
        ) : null}
        {outcome && "probabilities" in outcome ? (
          <Bars probabilities={outcome.probabilities} {...classes} order="best" />
        ) : null}
      </div>
    </li>
  );
}

/** A HEIC or TIFF is read, but not every browser shows it. */
function hide({ currentTarget }: SyntheticEvent<HTMLImageElement>): void {
  currentTarget.hidden = true;
}

/** A file that could not be read has nothing to show. */
function isPhoto({ outcome }: PhotoPrediction): boolean {
  return !(outcome && "fault" in outcome);
}

function viewed(prediction: PhotoPrediction): ViewedPhoto {
  const { path, blob } = prediction.file;
  return { key: keyOf(prediction), fileName: path, source: blob, size: null };
}

function keyOf({ id }: PhotoPrediction): string {
  return `${id}`;
}

function buttonId(key: string): string {
  return `prediction-${key}`;
}
