import { useEffect, useState } from "react";
import type { IncomingFile } from "../../../worker/protocol/index.ts";
import { openVideo } from "../../store/video-frames.ts";
import { sentenceOf } from "../../words/words.ts";

export interface VideoFacts {
  readonly seconds: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** What is to be said of a video; `problem` where it cannot be played. */
export function useVideo({ path, blob }: IncomingFile): {
  readonly video: VideoFacts | null;
  readonly problem: string | null;
} {
  const [video, setVideo] = useState<VideoFacts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let over = false;
    const look = async () => {
      const { seconds, width, height, close } = await openVideo(path, blob);
      close();
      if (!over) setVideo({ seconds, width, height });
    };
    look().catch((error) => {
      if (!over) setProblem(sentenceOf(error));
    });
    return () => {
      over = true;
    };
  }, [path, blob]);
  return { video, problem };
}
