import { useEffect, useState } from "react";
import type { ClassifierSummary } from "../../project/classifier.ts";
import { Bars } from "../shared/Bars.tsx";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import type { PhotoPrediction } from "../store/use.ts";
import { sentence } from "../words/faults.ts";
import { words } from "../words/words.ts";
import styles from "./UsePlace.module.css";

export function Predictions({ classifier }: { classifier: ClassifierSummary }) {
  const predictions = useStore((state) => state.predictions);
  return (
    <ul className={styles.list} aria-label={words.use.photos.list}>
      {predictions.map((prediction) => (
        <Prediction key={prediction.id} prediction={prediction} classNames={classifier.classNames} />
      ))}
    </ul>
  );
}

function Prediction({
  prediction: { file, outcome },
  classNames,
}: {
  prediction: PhotoPrediction;
  classNames: readonly string[];
}) {
  const url = useObjectUrl(file.blob);
  return (
    <li className={styles.item}>
      <img src={url} alt="" />
      <div>
        <strong>{file.path}</strong>
        {outcome === null ? <p className={controls.quiet}>{words.use.photos.working}</p> : null}
        {outcome && "fault" in outcome ? (
          <p className={controls.problem}>{sentence(words.faults, outcome.fault)}</p>
        ) : null}
        {outcome && "probabilities" in outcome ? (
          <Bars probabilities={outcome.probabilities} classNames={classNames} order="best" />
        ) : null}
      </div>
    </li>
  );
}

function useObjectUrl(blob: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}
