import { sentenceOf } from "../words/words.ts";
import type { SliceContext } from "./store.ts";

export interface Notice {
  readonly id: number;
  readonly kind: "error" | "news";
  readonly text: string;
  /** Shown on demand, one per line. */
  readonly details: readonly string[];
  /** What can be done about it. */
  readonly action: NoticeAction | null;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => void;
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  notify(kind: Notice["kind"], text: string, details?: readonly string[], action?: NoticeAction): void;
  dismiss(id: number): void;
  /** Runs an action; what goes wrong is told, a cancelled one is not. Gives whether it went through. */
  attempt(action: () => Promise<void>): Promise<boolean>;
}

const MOST_SHOWN = 4;
const NEWS_STAYS_MS = 8000;
/** For news with something to decide. */
const OFFER_STAYS_MS = 30_000;

export function createNoticesSlice({ set, get }: SliceContext): NoticesSlice {
  let lastId = 0;
  return {
    notices: [],
    notify(kind, text, details = [], action) {
      lastId += 1;
      const id = lastId;
      // The same message twice in a row says nothing new.
      const others = get().notices.filter((notice) => notice.text !== text);
      set({ notices: [...withRoom(others), { id, kind, text, details, action: action ?? null }] });
      const stays = action ? OFFER_STAYS_MS : NEWS_STAYS_MS;
      if (kind === "news" && details.length === 0) setTimeout(() => get().dismiss(id), stays);
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
        get().notify("error", sentenceOf(error));
        return false;
      }
    },
  };
}

/** Makes room for one more. News goes first: an error stays as long as others leave it room. */
function withRoom(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length < MOST_SHOWN) return notices;
  const goes = notices.find(({ kind }) => kind === "news") ?? notices[0];
  return notices.filter((notice) => notice !== goes);
}
