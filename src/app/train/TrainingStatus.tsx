import controls from "../shared/controls.module.css";
import { count, duration } from "../shared/format.ts";
import { useStore } from "../store/store.ts";
import type { Activity } from "../store/train.ts";
import { words } from "../words/words.ts";
import styles from "./TrainPlace.module.css";

/** What training is doing, live, and at the end why it stopped. */
export function TrainingStatus() {
  const activity = useStore((state) => state.activity);
  const course = useStore((state) => state.course);
  const settings = useStore((state) => state.settings);
  const lastRun = useStore((state) => state.lastRun);
  return (
    <div className={styles.status}>
      {activity.kind === "preparing" ? (
        <progress
          aria-label="Preparing photos"
          max={activity.total || 1}
          value={activity.total ? activity.done : undefined}
        />
      ) : null}
      {activity.kind === "cross-validating" ? (
        <progress aria-label="Cross-validation" max={activity.folds} value={activity.fold - 1} />
      ) : null}
      {activity.kind === "training" ? (
        <progress aria-label="Training" max={activity.lastEpoch} value={course.length} />
      ) : null}
      <p role="status" aria-label="Training status">
        {sentence(activity)}
      </p>
      {activity.kind === "training" && activity.fineTuning ? (
        <p className={controls.quiet}>Fine-tuning: the base model's last blocks learn too.</p>
      ) : null}
    </div>
  );

  function sentence(now: Activity): string {
    const latest = course.at(-1);
    switch (now.kind) {
      case "preparing": {
        const left = now.secondsLeft === null || now.done >= now.total ? "" : `, ${duration(now.secondsLeft)} left`;
        return now.total ? `Preparing photos: ${count(now.done)} of ${count(now.total)}${left}` : "Getting ready …";
      }
      case "cross-validating":
        return `Cross-validation: fold ${now.fold} of ${now.folds}`;
      case "training":
        return latest ? words.train.progress(latest, now, settings.patience) : "Training …";
      case "idle":
        return lastRun ? words.train.outcome(lastRun.summary.outcome, lastRun.settings.patience) : "Not trained yet";
    }
  }
}
