/** What a live region says of something that changes all the time. */

/** Between two sentences, in milliseconds. */
const SILENCE_MS = 2000;

export interface Voice {
  /** @param topic what is spoken of once only, until the next topic */
  tell(topic: string, sentence: string): void;
  /** What was said is no longer so, and nothing else is. */
  hush(): void;
}

/** Speaks when the topic changes, at most once in two seconds: of what is so by then. @param say takes what is said */
export function calmVoice(say: (sentence: string) => void): Voice {
  let spoken: string | null = null;
  let spokenAt = Number.NEGATIVE_INFINITY;
  let now: { readonly topic: string; readonly sentence: string } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const speak = () => {
    timer = null;
    if (!now || now.topic === spoken) return;
    spoken = now.topic;
    spokenAt = Date.now();
    say(now.sentence);
  };
  return {
    tell(topic, sentence) {
      now = { topic, sentence };
      const left = spokenAt + SILENCE_MS - Date.now();
      if (left <= 0) speak();
      else timer ??= setTimeout(speak, left);
    },
    hush() {
      now = null;
      if (spoken !== null) say("");
      spoken = null;
    },
  };
}
