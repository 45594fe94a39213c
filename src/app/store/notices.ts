import { faultOf } from "../../errors/coded-error.ts";
import type { ProjectId } from "../../project/project.ts";
import { sentenceOf, words } from "../words/words.ts";
import type { Spot } from "./beside.ts";
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
  /** The one project that it is meant for: it goes when that is left. */
  readonly project?: ProjectId | null;
  /** What it tries again, each with the one project that it is meant for; null for any. */
  readonly tries?: ReadonlyMap<Try, ProjectId | null>;
}

type Try = () => Promise<unknown>;

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  notify(kind: Notice["kind"], text: string, details?: readonly string[], action?: NoticeAction): void;
  dismiss(id: number): void;
  /** Tells that something was deleted, and offers to take that back as long as the open project is. */
  offerBack(text: string, run: () => void): void;
  /** The open project is left: nothing that was deleted or failed in it is offered to be taken back or tried again. */
  dismissTries(): void;
  /**
   * Runs an action; what goes wrong is told, a cancelled one is not. Where a part of the app could not be loaded, the
   * message offers to try again.
   * @param again what to do then, in whatever project: it tells of its own faults. Without it the action runs again if the
   *   same project is open; null when there is nothing to do again
   * @param spot the control beside which it is told; left out for a message over the page
   * @returns whether it went through
   */
  attempt(action: Try, again?: Try | null, spot?: Spot): Promise<boolean>;
}

const MOST_SHOWN = 4;
const NEWS_STAYS_MS = 8000;
/** For news with something to decide. */
const OFFER_STAYS_MS = 30_000;

export function createNoticesSlice({ set, get }: SliceContext): NoticesSlice {
  let lastId = 0;
  /** Several things may fail for want of the same part: one message tells of it, and its button tries all of them again. */
  const offerAgain = (text: string, again: Try, project: ProjectId | null) => {
    const told = get().notices.find((notice) => notice.text === text)?.action?.tries ?? [];
    const tries = new Map([...told, [again, project]]);
    const run = () => {
      for (const [each, meantFor] of tries) {
        if (meantFor === null || meantFor === get().projectId) void get().attempt(each);
      }
    };
    get().notify("error", text, [], { label: words.shared.tryAgain, run, tries });
  };
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
    offerBack(text, run) {
      get().notify("news", text, [], { label: words.store.bringBack, run, project: get().projectId });
    },
    dismissTries() {
      const isOfProject = ({ action }: Notice) =>
        action?.project || (action?.tries && ![...action.tries.values()].includes(null));
      set({ notices: get().notices.filter((notice) => !isOfProject(notice)) });
    },
    async attempt(action, again, spot) {
      if (spot) get().clearBeside(spot);
      try {
        await action();
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === "AbortError") return false;
        const text = sentenceOf(error);
        const isOffered = again !== null && faultOf(error)?.code === "part/not-loaded";
        if (isOffered) offerAgain(text, again ?? action, again ? null : get().projectId);
        else if (spot) get().tellBeside(spot, "error", text);
        else get().notify("error", text);
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
