/** What a live region says of something that changes all the time. */

/** Between two sentences, in milliseconds. */
const SILENCE_MS = 2000;

export interface News {
  /** What is spoken of, as a photo. What was said of another is taken back at once. */
  readonly of: string;
  /** Spoken of once, until the next topic. */
  readonly topic: string;
  readonly sentence: string;
}

/**
 * Gives a function to tell all that changes, null when there is nothing to say. It speaks when the topic changes, at most
 * once in two seconds: then of what is so by then.
 *
 * @param say takes what is said, empty where nothing is
 */
export function calmVoice(say: (sentence: string) => void): (news: News | null) => void {
  let spoken: News | null = null;
  let spokenAt = Number.NEGATIVE_INFINITY;
  let now: News | null = null;
  let isWaiting = false;
  const speak = () => {
    isWaiting = false;
    if (!now || now.topic === spoken?.topic) return;
    spoken = now;
    spokenAt = Date.now();
    say(now.sentence);
  };
  return (news) => {
    now = news;
    if (spoken && spoken.of !== now?.of) {
      spoken = null;
      say("");
    }
    if (!now) return;
    const left = spokenAt + SILENCE_MS - Date.now();
    if (left <= 0) speak();
    else if (!isWaiting) {
      isWaiting = true;
      setTimeout(speak, left);
    }
  };
}
