/** What becomes of a video: how many of its frames are taken, and for which class. */
import { useEffect, useId, useRef, useState } from "react";
import { type ClassId, classesOf, UNSORTED } from "../../../dataset/dataset.ts";
import controls from "../../shared/controls.module.css";
import { useStore } from "../../store/store.ts";
import { frameTimes } from "../../store/video-frames.ts";
import { classNameOf, type VideoQuestion } from "../../store/videos.ts";
import { words } from "../../words/words.ts";
import { Preview } from "./Preview.tsx";
import { useVideo } from "./useVideo.ts";
import styles from "./VideoDialog.module.css";

const text = words.video;
/** Frames per second. */
const RATES: readonly number[] = [0.5, 1, 2, 5, 10];
const USUAL_RATE = 2;
/** Of one video: more is many photos of one occasion. */
const MOST_FRAMES = 2000;
/** Stands for a class that is called like the file. */
const NEW = "new";

export function VideoDialog() {
  const question = useStore((state) => state.videoQuestion);
  return question ? <Asking key={question.file.path} question={question} /> : null;
}

function Asking({ question: { file, into } }: { question: VideoQuestion }) {
  const answer = useStore((state) => state.answerVideo);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const name = file.path.split("/").at(-1) ?? file.path;
  const { video, problem } = useVideo(file);
  const [rate, setRate] = useState(USUAL_RATE);
  const [chosen, setChosen] = useState<string>(useHome(file.path) ?? into ?? NEW);
  useEffect(() => dialog.current?.showModal(), []);
  const frames = video ? frameTimes(video.seconds, rate).length : 0;
  const isTooMany = frames > MOST_FRAMES;
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onCancel={() => answer(null)}>
      <h2 id={title}>{text.title(name)}</h2>
      {problem ? (
        <p role="alert" className={controls.problem}>
          {problem}
        </p>
      ) : (
        <>
          <Preview blob={file.blob} />
          <p className={controls.quiet}>{video ? text.facts(video) : text.opening}</p>
          <div className={controls.row}>
            <label className={controls.field}>
              <span>{text.rate}</span>
              <select value={rate} onChange={({ currentTarget }) => setRate(Number(currentTarget.value))}>
                {RATES.map((each) => (
                  <option key={each} value={each}>
                    {text.perSecond(each)}
                  </option>
                ))}
              </select>
            </label>
            <ClassChoice path={file.path} chosen={chosen} onChoose={setChosen} />
          </div>
          <p role="status">{video ? (isTooMany ? text.tooMany(MOST_FRAMES) : text.makes(frames)) : ""}</p>
        </>
      )}
      <div className={controls.row}>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          disabled={!video || isTooMany}
          onClick={() => answer({ rate, into: chosen === NEW ? null : chosen })}
        >
          {text.take}
        </button>
        <button type="button" className={controls.button} onClick={() => answer(null)}>
          {words.shared.cancel}
        </button>
      </div>
    </dialog>
  );
}

/** The class that is called like the video's folder or the video, where there is one. */
function useHome(path: string): ClassId | null {
  return useStore(({ dataset }) => dataset.classes.find(({ name }) => name === classNameOf(path))?.id ?? null);
}

interface ClassChoiceProps {
  readonly path: string;
  readonly chosen: string;
  onChoose(chosen: string): void;
}

function ClassChoice({ path, chosen, onChoose }: ClassChoiceProps) {
  const classes = useStore((state) => state.dataset.classes);
  const home = useHome(path);
  return (
    <label className={`${controls.field} ${styles.into}`}>
      <span>{text.into}</span>
      <select value={chosen} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {home ? null : <option value={NEW}>{text.newClass(classNameOf(path))}</option>}
        {classesOf({ classes }).map((each) => (
          <option key={each.id} value={each.id}>
            {each.name}
          </option>
        ))}
        <option value={UNSORTED}>{words.classes.unsorted}</option>
      </select>
    </label>
  );
}
