/** The question how files are to be read, where they can be read in several ways. */
import { useEffect, useId, useRef, useState } from "react";
import type { ExamplePhoto, ReadingOffer, ReadingQuestion } from "../../worker/protocol/index.ts";
import controls from "../shared/controls.module.css";
import { useObjectUrl } from "../shared/useObjectUrl.ts";
import { useStore } from "../store/store.ts";
import { words } from "../words/words.ts";
import styles from "./ReadingDialog.module.css";

/** Classes listed with their counts; the others are counted. */
const MOST_CLASSES = 8;

export function ReadingDialog() {
  const question = useStore((state) => state.readingQuestion);
  return question ? <Asking key={question.key} question={question} /> : null;
}

function Asking({ question }: { question: ReadingQuestion }) {
  const answer = useStore((state) => state.answerReading);
  const dialog = useRef<HTMLDialogElement>(null);
  const [chosen, setChosen] = useState(0);
  const title = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={title} onCancel={() => answer(null)}>
      <h2 id={title}>{words.layouts.title}</h2>
      <p className={controls.quiet}>{words.layouts.explanation(question.archive)}</p>
      <div role="radiogroup" aria-labelledby={title} className={styles.offers}>
        {question.offers.map((offer, at) => (
          <Offer
            // biome-ignore lint/suspicious/noArrayIndexKey: the offers of a question never change
            key={at}
            offer={offer}
            question={title}
            isChosen={at === chosen}
            onChoose={() => setChosen(at)}
          />
        ))}
      </div>
      <div className={controls.row}>
        <button type="button" className={`${controls.button} ${controls.primary}`} onClick={() => answer(chosen)}>
          {words.layouts.use}
        </button>
        <button type="button" className={controls.button} onClick={() => answer(null)}>
          {words.shared.cancel}
        </button>
      </div>
    </dialog>
  );
}

interface OfferProps {
  readonly offer: ReadingOffer;
  /** Makes its radio one of a group. */
  readonly question: string;
  readonly isChosen: boolean;
  onChoose(): void;
}

function Offer({ offer, question, isChosen, onChoose }: OfferProps) {
  const { classes, unsorted, remarks, examples } = offer;
  const more = classes.length - MOST_CLASSES;
  return (
    <div className={`${styles.offer} ${isChosen ? styles.chosen : ""}`}>
      <label className={styles.label}>
        <input type="radio" name={question} checked={isChosen} onChange={onChoose} />
        <span>
          <strong>{words.layouts.reading(offer.understood)}</strong>{" "}
          <span className={controls.quiet}>{words.layouts.counts({ classes: classes.length, unsorted })}</span>
        </span>
      </label>
      <ul className={styles.classes}>
        {classes.slice(0, MOST_CLASSES).map((each) => (
          <li key={each.name}>
            {words.layouts.className(each)} <span className={controls.quiet}>{words.layouts.splits(each)}</span>
          </li>
        ))}
        {more > 0 ? <li className={controls.quiet}>{words.layouts.moreClasses(more)}</li> : null}
      </ul>
      {remarks.map((remark) => (
        <p key={remark.remark} className={controls.quiet}>
          {words.layouts.remark(remark)}
        </p>
      ))}
      <ul className={styles.examples} aria-label={words.layouts.examples}>
        {examples.map((example) => (
          <Example key={example.path} example={example} />
        ))}
      </ul>
    </div>
  );
}

function Example({ example }: { example: ExamplePhoto }) {
  const text = words.layouts.example(example);
  const url = useObjectUrl(example.photo);
  return (
    <li className={styles.example} title={text}>
      {url ? <img src={url} alt={text} /> : <span className={styles.unseen}>{example.path.split("/").at(-1)}</span>}
      <span aria-hidden="true">{example.className ?? words.classes.unsorted}</span>
    </li>
  );
}
