import { useEffect, useState } from "react";
import type { IncomingFile } from "../../../worker/protocol/index.ts";
import { openVideo } from "../../store/video-frames.ts";
import { sentenceOf } from "../../words/words.ts";

export interface VideoFacts {
  readonly seconds: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly first: ImageBitmap;
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
    let first: ImageBitmap | null = null;
    const look = async () => {
      const opened = await openVideo(path, blob);
      try {
        first = await opened.frameAt(0);
        const { seconds, width, height } = opened;
        if (over) first.close();
        else setVideo({ seconds, width, height, first });
      } finally {
        opened.close();
      }
    };
    look().catch((error) => {
      if (!over) setProblem(sentenceOf(error));
    });
    return () => {
      over = true;
      first?.close();
    };
  }, [path, blob]);
  return { video, problem };
}
