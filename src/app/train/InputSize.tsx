import type { BaseModelCard } from "../../network/model.ts";
import controls from "../shared/controls.module.css";
import { trainingIn } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";

const { base } = words.train;

/** Sides to choose from, in pixels: those that the families were trained on, and their neighbours. */
const SIDES = [32, 64, 96, 128, 160, 192, 224, 256, 299, 331, 384, 448];

/** The side that is offered on slow machines, in pixels. */
export const SMALLER_SIDE = 160;

/** A larger picture shows more and takes longer. */
export function InputSize({ card: { preprocessing, smallestInput } }: { card: BaseModelCard }) {
  const side = useStore((state) => state.settings.inputSize);
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const changeSettings = useStore((state) => state.changeSettings);
  if (smallestInput === undefined) return null;
  const own = preprocessing.width;
  const others = SIDES.filter((each) => each >= smallestInput && each !== own);
  return (
    <label className={controls.field}>
      <span>{base.inputSize}</span>
      <select
        value={side ?? ""}
        disabled={!idle}
        onChange={({ currentTarget }) => changeSettings({ inputSize: Number(currentTarget.value) || null })}
      >
        <option value="">{base.ownSize(own)}</option>
        {others.map((each) => (
          <option key={each} value={each}>
            {base.size(each)}
          </option>
        ))}
      </select>
    </label>
  );
}
