import { useEffect, useState } from "react";
import type { QuickAnswer } from "../../../worker/protocol/index.ts";
import { calmVoice } from "../../shared/calm-voice.ts";
import controls from "../../shared/controls.module.css";
import { bestOf } from "../../store/quick.ts";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { nameOfClass } from "../class-name.ts";

interface QuickGuessProps {
  readonly answer: QuickAnswer | null;
  /** What it is of: that of another photo is news, even with the same class. */
  readonly of: string;
}

/** A quick guess for screen readers, which hear of it when its class changes. For the eye, it stands beside. */
export function QuickGuess({ answer, of }: QuickGuessProps) {
  const [said, setSaid] = useState("");
  const [tell] = useState(() => calmVoice(setSaid));
  const classes = useStore((state) => state.dataset.classes);
  const best = answer && bestOf(answer);
  const className = best ? nameOfClass(classes, best.classId) : "";
  const probability = best?.probability ?? 0;
  useEffect(() => {
    const sentence = words.quick.guess({ className, probability });
    tell(className ? { of, topic: className, sentence } : null);
  }, [tell, of, className, probability]);
  return (
    <p role="status" aria-label={words.quick.label} className={controls.hidden}>
      {said}
    </p>
  );
}
