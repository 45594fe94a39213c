import type { CSSProperties, RefObject } from "react";
import { UNSORTED } from "../../../dataset/dataset.ts";
import { Bars } from "../../shared/Bars.tsx";
import { mayGuess } from "../../store/quick.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";
import styles from "./Quick.module.css";
import { QuickGuess } from "./QuickGuess.tsx";
import { useFrameGuess } from "./useFrameGuess.ts";

/** With more classes, bars that stay in their places would leave no room for the button. */
const MOST_IN_PLACE = 5;

interface CameraGuessProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly running: boolean;
  /** Whether its photos are kept as in a mirror. */
  readonly mirrored: boolean;
}

/** What the camera sees, as far as can be told from the photos taken so far. It takes its room before there is an answer: nothing moves under a finger. */
export function CameraGuess({ video, running, mirrored }: CameraGuessProps) {
  const answer = useFrameGuess(video, running, mirrored);
  const classes = useStore((state) => state.dataset.classes);
  const mayCome = useStore(mayGuess);
  const bars = Math.min(MOST_IN_PLACE, Math.max(2, classes.filter(({ id }) => id !== UNSORTED).length));
  return (
    <>
      {mayCome ? (
        <div className={styles.bars} style={{ "--bars": bars } as CSSProperties}>
          <p className={styles.label}>{answer ? words.quick.bars : words.quick.when}</p>
          {answer ? (
            <Bars
              probabilities={answer.probabilities}
              classNames={answer.classIds.map((id) => nameOfClass(classes, id))}
              order={answer.classIds.length > MOST_IN_PLACE ? "best" : "fixed"}
            />
          ) : null}
        </div>
      ) : null}
      <QuickGuess answer={answer} of="camera" />
    </>
  );
}
