import { useMemo, useState } from "react";
import type { Suspicion } from "../../../dataset/audit.ts";
import type { SuspicionKind } from "../../../dataset/dataset.ts";
import { grouped } from "../../../dataset/grouped.ts";
import { sureMoves } from "../../../dataset/review.ts";
import { PhoneFold } from "../../shared/PhoneFold.tsx";
import { useStore } from "../../store/store.ts";
import { words } from "../../words/words.ts";
import { KINDS } from "./kinds.ts";
import styles from "./Review.module.css";
import { SuspicionList } from "./SuspicionList.tsx";
import { Sweep } from "./Sweep.tsx";

const SURE = 0.95;

/** The suspicions, of all kinds or of one. */
export function Suspicions({ suspicions }: { suspicions: readonly Suspicion[] }) {
  const [kind, setKind] = useState<SuspicionKind | null>(null);
  const [threshold, setThreshold] = useState(SURE);
  const acceptMoves = useStore((state) => state.acceptMoves);
  const byKind = useMemo(() => grouped(suspicions, (each) => each.kind), [suspicions]);
  const shown = useMemo(() => (kind ? (byKind.get(kind) ?? []) : suspicions), [kind, byKind, suspicions]);
  const sure = sureMoves(suspicions, threshold);
  return (
    <>
      {byKind.size > 1 || kind ? (
        <fieldset className={styles.filter} aria-label={words.review.showLabel}>
          <Choice
            text={words.review.all}
            photos={suspicions.length}
            chosen={kind === null}
            onChoose={() => setKind(null)}
          />
          {KINDS.filter((each) => byKind.has(each) || each === kind).map((each) => (
            <Choice
              key={each}
              text={words.review.kinds[each]}
              photos={byKind.get(each)?.length ?? 0}
              chosen={kind === each}
              onChoose={() => setKind(each)}
            />
          ))}
        </fieldset>
      ) : null}
      {byKind.has("label") && (kind === null || kind === "label") ? (
        <PhoneFold summary={words.review.sweep.fold}>
          <Sweep
            threshold={threshold}
            photos={sure.length}
            label={words.review.sweep.move(sure.length)}
            onThreshold={setThreshold}
            onAccept={() => acceptMoves(sure)}
          />
        </PhoneFold>
      ) : null}
      <SuspicionList suspicions={shown} />
    </>
  );
}

interface ChoiceProps {
  readonly text: string;
  readonly photos: number;
  readonly chosen: boolean;
  onChoose(): void;
}

function Choice({ text, photos, chosen, onChoose }: ChoiceProps) {
  return (
    <button type="button" aria-pressed={chosen} onClick={onChoose}>
      {text} <span>{words.numbers.count(photos)}</span>
    </button>
  );
}
