import { useCallback, useEffect, useState } from "react";

interface Loading<Loaded> {
  /** null while it loads, and when it cannot be loaded. */
  readonly part: Loaded | null;
  /** Why it could not be loaded; null when nothing is wrong. */
  readonly error: unknown;
}

/** A part of the app that is loaded when it is first shown. Unlike React's `lazy`, it can be tried again. */
export function lazyPart<Loaded>(load: () => Promise<Loaded>): () => Loading<Loaded> & { retry(): void } {
  let loaded: Loaded | null = null;
  return function usePart() {
    const [loading, setLoading] = useState<Loading<Loaded>>({ part: loaded, error: null });
    const retry = useCallback(() => {
      load().then(
        (part) => {
          loaded = part;
          setLoading({ part, error: null });
        },
        (error: unknown) => setLoading({ part: null, error }),
      );
    }, []);
    useEffect(() => {
      if (loaded === null) retry();
    }, [retry]);
    return { ...loading, retry };
  };
}
