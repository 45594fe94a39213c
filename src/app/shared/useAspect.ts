import { type RefObject, useEffect, useState } from "react";

/** Width over height of a video's picture as it is now, also after the device was turned; null before there is one. */
export function useAspect(video: RefObject<HTMLVideoElement | null>, running: boolean): number | null {
  const [aspect, setAspect] = useState<number | null>(null);
  useEffect(() => {
    const element = video.current;
    if (!element || !running) return setAspect(null);
    const read = () => setAspect(element.videoHeight ? element.videoWidth / element.videoHeight : null);
    read();
    element.addEventListener("resize", read);
    return () => element.removeEventListener("resize", read);
  }, [video, running]);
  return aspect;
}
