import type { RefObject } from "react";
import { Bars } from "../../shared/Bars.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import styles from "./Quick.module.css";
import { QuickGuess } from "./QuickGuess.tsx";
import { useFrameGuess } from "./useFrameGuess.ts";

/** With more classes, bars that stay in their places would leave no room for the button. */
const MOST_IN_PLACE = 5;

/** What the camera sees, as far as can be told from the photos taken so far. */
export function CameraGuess({ video, running }: { video: RefObject<HTMLVideoElement | null>; running: boolean }) {
  const answer = useFrameGuess(video, running);
  const classes = useStore((state) => state.dataset.classes);
  return (
    <>
      {answer ? (
        <div className={styles.bars}>
          <p className={styles.label}>{words.quick.bars}</p>
          <Bars
            probabilities={answer.probabilities}
            classNames={answer.classIds.map((id) => nameOfClass(classes, id))}
            order={answer.classIds.length > MOST_IN_PLACE ? "best" : "fixed"}
          />
        </div>
      ) : null}
      <QuickGuess answer={answer} of="camera" />
    </>
  );
}
