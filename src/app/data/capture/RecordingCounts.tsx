import { useMemo } from "react";
import type { ClassId } from "../../../dataset/dataset.ts";
import { countOf, ENOUGH_RECORDINGS, recordingsOf } from "../../../dataset/recordings.ts";
import controls from "../../shared/controls.module.css";
import { samplesOf } from "../../store/selectors.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import type { Recorder } from "./useRecorder.ts";
import type { Timer } from "./useTimer.ts";

const text = words.capture;

/** What the class's recordings have given, and why there should be several. */
export function RecordingCounts({ classId, recorder, timer }: { classId: ClassId; recorder: Recorder; timer: Timer }) {
  const samples = useStore((state) => samplesOf(state.dataset, classId));
  const recordings = useMemo(() => recordingsOf(samples), [samples]);
  const number = countOf(recordings);
  const told = number ? text.recordings(recordings) : text.hint;
  const { burst, taken, recording } = recorder;
  const isOver = burst !== null && taken > 0 && !recording;
  const isKnown = isOver && !samples.some((sample) => sample.burst === burst);
  return (
    <div>
      <p>{told}</p>
      {isKnown ? <p className={controls.quiet}>{text.same}</p> : null}
      <p className={controls.quiet}>{text.together({ recordings: number, enough: ENOUGH_RECORDINGS })}</p>
      {/* Said once the recording is over, not with each photo. */}
      <p role="status" className={controls.hidden}>
        {timer.left !== null ? text.timer.starts : isKnown ? text.same : isOver ? told : ""}
      </p>
    </div>
  );
}
