/** Answers to a film's frames: a slow machine drops frames instead of queueing them, and the film never waits. */

export interface Watching<Frame, Answer> {
  /** The frame of this moment; null while there is none. */
  next(): Promise<Frame | null>;
  ask(frame: Frame): Promise<Answer>;
  take(answer: Answer): void;
  isOver(): boolean;
}

/** Asks about the newest frame as soon as the last one is answered, until it is over. Rejects as `next` and `ask` do. */
export async function answerNewest<Frame, Answer>(
  { next, ask, take, isOver }: Watching<Frame, Answer>,
  pause: () => Promise<void> = nextPicture,
): Promise<void> {
  while (!isOver()) {
    const frame = await next();
    if (frame !== null) {
      const answer = await ask(frame);
      if (isOver()) return;
      take(answer);
    }
    await pause();
  }
}

/** What a video shows; null while it shows nothing. */
export async function frameOf(video: HTMLVideoElement | null): Promise<ImageBitmap | null> {
  if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  return createImageBitmap(video);
}

/** When the page is drawn the next time. */
function nextPicture(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}
