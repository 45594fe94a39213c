import { betterBase } from "../../project/better-base.ts";
import type { Run } from "../../project/run.ts";
import controls from "../shared/controls.module.css";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./EvaluatePlace.module.css";

/** Where the base model is the likely reason for a modest result: says so, and offers to train with a better one. */
export function BetterBase({ run }: { run: Run }) {
  const shipped = useStore((state) => state.baseModels.find(({ builtIn }) => builtIn));
  const trainAgain = useStore((state) => state.trainAgain);
  if (!shipped?.card || !shipped.credits) return null;
  const { id, name, card, credits } = shipped;
  const better = betterBase(run, { id, name, side: card.preprocessing.width, measured: credits.measured });
  if (!better) return null;
  const text = words.evaluate.betterBase;
  return (
    <section className={`${controls.card} ${styles.better}`} aria-labelledby="better-title">
      <h2 id="better-title">{text.title}</h2>
      <p>{better.kind === "base" ? text.base({ ...better, used: run.baseModel.name }) : text.side(better)}</p>
      <div>
        <button
          type="button"
          className={`${controls.button} ${controls.primary}`}
          onClick={() => void trainAgain({ baseModelId: id, inputSize: null })}
        >
          {better.kind === "base" ? text.takeBase(name) : text.takeSide(better.side)}
        </button>
      </div>
    </section>
  );
}
