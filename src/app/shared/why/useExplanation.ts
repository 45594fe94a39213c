import { useEffect, useState } from "react";
import type { PhotoId } from "../../../dataset/dataset.ts";
import type { Explanation } from "../../../worker/protocol/index.ts";
import { headstart } from "../../store/store.ts";
import { sentenceOf } from "../../words/words.ts";

type Source = PhotoId | Blob | (() => Promise<Blob>);

export interface Explained {
  /** null until it is there. */
  readonly explanation: Explanation | null;
  /** Why there is none; null where there is, or will be. */
  readonly problem: string | null;
}

const NOTHING: Explained = { explanation: null, problem: null };

/** Why the classifier in use says what it says of a photo. @param source null for no photo */
export function useExplanation(source: Source | null): Explained {
  const [found, setFound] = useState<Explained & { readonly of: Source | null }>({ ...NOTHING, of: null });
  useEffect(() => {
    if (source === null) return;
    let gone = false;
    const take = (explained: Explained) => {
      if (!gone) setFound({ ...explained, of: source });
    };
    const explain = async () => headstart.explainPhoto(typeof source === "function" ? await source() : source);
    explain().then(
      (explanation) => take({ explanation, problem: null }),
      (error: unknown) => take({ explanation: null, problem: sentenceOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [source]);
  return found.of === source ? found : NOTHING;
}
