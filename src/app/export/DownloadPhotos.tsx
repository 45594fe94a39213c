import { useState } from "react";
import type { PhotoSetLayout } from "../../worker/protocol/index.ts";
import { Beside } from "../shared/Beside.tsx";
import controls from "../shared/controls.module.css";
import { jobOf } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./ExportPlace.module.css";
import { FormatChoice } from "./FormatChoice.tsx";

const LAYOUTS: readonly PhotoSetLayout[] = ["folders", "table", "hugging-face"];

/** The labelled photos alone, arranged as other tools want them. */
export function DownloadPhotos() {
  const [layout, setLayout] = useState<PhotoSetLayout>("folders");
  const downloadPhotos = useStore((state) => state.downloadPhotos);
  const busy = useStore((state) => jobOf(state.jobs, "export", "save", "open") !== undefined);
  return (
    <section className={`${controls.card} ${styles.section}`}>
      <h2>{words.exports.photosTitle}</h2>
      <p className={controls.quiet}>{words.exports.of.photos.text}</p>
      <div role="radiogroup" aria-label={words.exports.arrangement} className={styles.formats}>
        {LAYOUTS.map((each) => (
          <FormatChoice
            key={each}
            group="arrangement"
            value={each}
            text={words.exports.arrangements[each]}
            checked={layout === each}
            onChoose={() => setLayout(each)}
          />
        ))}
      </div>
      <div>
        <button type="button" className={controls.button} disabled={busy} onClick={() => void downloadPhotos(layout)}>
          {words.exports.downloadPhotos}
        </button>
      </div>
      <Beside spot="download-photos" />
    </section>
  );
}
