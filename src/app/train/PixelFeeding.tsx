import { USUAL_FEEDING_NAMES, usualFeeding } from "../../network/feedings.ts";
import type { BaseModelCard } from "../../network/model.ts";
import { CalmSelect } from "../shared/CalmSelect.tsx";
import controls from "../shared/controls.module.css";
import { trainingIn } from "../store/jobs.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";

const { base } = words.train;

/** How a base model is fed with pixels, where its files do not say: what is guessed is shown and can be changed. */
export function PixelFeeding({ card, by }: { card: BaseModelCard; by: NonNullable<BaseModelCard["fedBy"]> }) {
  const idle = useStore((state) => trainingIn(state.jobs) === undefined);
  const refeedBaseModel = useStore((state) => state.refeedBaseModel);
  const choose = (value: string) => {
    const feeding = USUAL_FEEDING_NAMES.find((name) => name === value);
    if (feeding) void refeedBaseModel(card.id, feeding);
  };
  return (
    <>
      <CalmSelect
        className={controls.field}
        label={base.pixelValues}
        value={usualFeeding(card.preprocessing) ?? ""}
        disabled={!idle}
        onChoose={choose}
      >
        {USUAL_FEEDING_NAMES.map((name) => (
          <option key={name} value={name}>
            {base.feedings[name]}
          </option>
        ))}
      </CalmSelect>
      <p className={controls.quiet}>{base.fedUnknown(by)}</p>
    </>
  );
}
