import type { SliceContext } from "./store.ts";

export interface Notice {
  readonly id: number;
  readonly kind: "error" | "news";
  readonly text: string;
  /** Shown on demand, one a line. */
  readonly details: readonly string[];
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  notify(kind: Notice["kind"], text: string, details?: readonly string[]): void;
  dismiss(id: number): void;
  /** Runs an action; what goes wrong is told, a cancelled one is not. Gives whether it went through. */
  attempt(action: () => Promise<void>): Promise<boolean>;
}

const NEWS_STAYS_MS = 8000;

export function createNoticesSlice({ set, get }: SliceContext): NoticesSlice {
  let lastId = 0;
  return {
    notices: [],
    notify(kind, text, details = []) {
      lastId += 1;
      const id = lastId;
      // The same message twice in a row says nothing new.
      const others = get().notices.filter((notice) => notice.text !== text);
      set({ notices: [...others.slice(-3), { id, kind, text, details }] });
      if (kind === "news" && details.length === 0) setTimeout(() => get().dismiss(id), NEWS_STAYS_MS);
    },
    dismiss(id) {
      set({ notices: get().notices.filter((notice) => notice.id !== id) });
    },
    async attempt(action) {
      try {
        await action();
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === "AbortError") return false;
        get().notify("error", error instanceof Error ? error.message : String(error));
        return false;
      }
    },
  };
}
