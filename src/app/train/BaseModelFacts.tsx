import type { ReactNode } from "react";
import { multiplyAddsAt } from "../../network/cost.ts";
import type { Measurements } from "../../network/measurements.ts";
import type { BaseModelEntry } from "../../worker/protocol/index.ts";
import controls from "../shared/controls.module.css";
import { useHandOver } from "../shared/useHandOver.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./BaseModelPicker.module.css";
import type { ToSelect } from "./BaseModelPicker.tsx";

const { base } = words.train;

/** What is known of a base model that is on this machine. */
export function BaseModelFacts({ entry, select }: ToSelect & { entry: BaseModelEntry }) {
  const side = useStore((state) => state.settings.inputSize);
  const { card, credits } = entry;
  const measured = useStore((state) => state.baseModels.find(({ builtIn }) => builtIn)?.credits?.measured);
  if (!card) return null;
  const { height, width } = card.preprocessing;
  return (
    <>
      {entry.note ? <p className={controls.quiet}>{base.notes[entry.note]}</p> : null}
      <dl className={styles.facts}>
        <Fact term={base.inputSize}>{base.pixels({ width: side ?? width, height: side ?? height })}</Fact>
        <Fact term={base.pixelValues}>{base.fed(card)}</Fact>
        <Fact term={base.parameters}>{base.millions(card.parameters)}</Fact>
        <Fact term={base.multiplyAdds}>
          {base.millions(side === null ? card.multiplyAdds : multiplyAddsAt(card, side))}
        </Fact>
        <Fact term={base.embedding}>{base.numbersLong(card.embeddingSize)}</Fact>
        <Fact term={base.fileSize}>{base.bytes(card.bytes)}</Fact>
        <Fact term={base.from}>{base.origin(entry.origin)}</Fact>
        {credits ? (
          <>
            <Fact term={base.madeBy}>{base.maker(credits)}</Fact>
            <Fact term={base.licence}>
              {credits.licence.name} (<Notice href={credits.licence.notice} />)
            </Fact>
          </>
        ) : null}
      </dl>
      {measured?.models.some(({ name }) => name === entry.name) ? (
        <Measured measured={measured} own={entry.name} />
      ) : null}
      {entry.builtIn ? null : <Remove id={entry.id} select={select} />}
    </>
  );
}

/** In a tab of its own: what is under way here goes on. */
function Notice({ href }: { href: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {base.notice}
    </a>
  );
}

export function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** @param own the base model whose row stands out */
function Measured({ measured: { sets, models }, own }: { measured: Measurements; own: string }) {
  const text = base.measured;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className={styles.measured} tabIndex={0} aria-labelledby="measured-title">
      <table aria-describedby="measured-how">
        <caption id="measured-title">{text.title}</caption>
        <thead>
          <tr>
            {[text.model, ...sets.map((set) => text.sets[set])].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map((model) => (
            <tr key={model.name} className={model.name === own ? styles.own : undefined}>
              <th scope="row">{text.modelAt(model)}</th>
              {sets.map((set, at) => (
                <td key={set}>{text.percent(model.accuracies[at] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p id="measured-how" className={controls.quiet}>
        {text.explanation}
      </p>
    </section>
  );
}

function Remove({ id, select }: ToSelect & { id: string }) {
  const deleteBaseModel = useStore((state) => state.deleteBaseModel);
  const button = useHandOver<HTMLButtonElement>(() => select.current);
  return (
    <button
      ref={button}
      type="button"
      className={`${controls.button} ${controls.plain} ${controls.danger} ${styles.remove}`}
      onClick={() => void deleteBaseModel(id)}
    >
      {base.remove}
    </button>
  );
}
