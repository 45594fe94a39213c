import type { RefObject } from "react";
import controls from "../shared/controls.module.css";
import { trainingIn } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./TrainPlace.module.css";

interface TrainButtonProps {
  /** It is one button, which keeps the focus when its name changes. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly blocked: boolean;
}

/** Train, or Stop while a training is under way. */
export function TrainButton({ button, blocked }: TrainButtonProps) {
  const job = useStore((state) => trainingIn(state.jobs));
  const train = useStore((state) => state.train);
  const cancelJob = useStore((state) => state.cancelJob);
  const press = () => {
    if (!job) void train();
    else if (!job.stopping) cancelJob(job.id);
  };
  return (
    <button
      ref={button}
      type="button"
      className={`${controls.button} ${job ? "" : controls.primary} ${styles.train}`}
      disabled={!job && blocked}
      // Disabled, it would lose the focus.
      aria-disabled={job?.stopping ? true : undefined}
      // The second press of a double-click is none of its own: it would stop what the first began.
      onClick={({ detail }) => detail < 2 && press()}
    >
      {!job ? words.train.start : job.stopping ? words.train.stopping : words.train.stop}
    </button>
  );
}
