/** When the quick head learns: at every change of photos, labels or base model while the Data place is open. */
import type { Dataset } from "../../dataset/dataset.ts";
import { quickPhotos } from "../../dataset/quick-photos.ts";
import type { Headstart, QuickStep } from "../../worker/protocol/index.ts";
import { type EmbeddingGround, isForTheSame } from "./embedding-ground.ts";
import { jobOf } from "./jobs.ts";
import { mayGuess } from "./quick.ts";
import type { State } from "./store.ts";

export interface QuickGuessing {
  readonly headstart: Pick<Headstart, "learnQuickly">;
  get(): State;
  set(change: Partial<Pick<State, "quick" | "learningQuickly">>): void;
  /** Whether what it says can be seen. */
  isWatched(): boolean;
  isBatteryLow(): boolean;
}

/** Photos come in many at a time. */
const PAUSE_MS = 50;
/** Photos that it learns from: more take longer than 300 ms to fit. */
const MOST = 300;
/** While photos come in, enough for a first answer: the rest of the machine is needed for them. */
const MOST_BESIDE_IMPORT = 48;

/** What a head is for: it says nothing of another project's photos, or of another base model's embeddings. */
interface Wanted extends EmbeddingGround {
  readonly dataset: Dataset;
  /** Photos to learn from at most. */
  readonly most: number;
}

const NOTHING: QuickStep = { left: 0, embedded: { photos: 0, ms: 0 }, answers: false, about: null };
/** Photos after which the pace is known, as when they are prepared for training. */
const PACE_AFTER = 16;

/**
 * Gives a function to call whenever something may have changed. One step of learning at a time; the next is for what is
 * wanted then. A step is ended early only when it may not go on, or when another base model or project is chosen.
 */
export function quickGuessing({ headstart, get, set, isWatched, isBatteryLow }: QuickGuessing): () => void {
  let running: { readonly wanted: Wanted; readonly controller: AbortController } | null = null;
  /** What was learned last, and whether it answers; or what failed, which is told when somebody waits for it. */
  let over: { readonly wanted: Wanted; readonly answers: boolean } | null = null;
  /** What `quick` is for. */
  let shown: EmbeddingGround | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let version = 0;
  /** Of the base model, since its first photos, which ready it. */
  let pace = { photos: 0, ms: 0 };

  const groundNow = (): EmbeddingGround | null => {
    const { projectId, baseModels, baseModelId, settings, preparesAhead } = get();
    const base = baseModels.find(({ id }) => id === baseModelId);
    return projectId && base?.card && preparesAhead && !isBatteryLow()
      ? { projectId, baseModelId: base.id, settings }
      : null;
  };
  const wantedNow = (): Wanted | null => {
    const ground = groundNow();
    if (!ground || !mayGuess(get()) || !isWatched()) return null;
    const { dataset, jobs } = get();
    return { ...ground, dataset, most: jobOf(jobs, "import") ? MOST_BESIDE_IMPORT : MOST };
  };
  /** A worker that was started again has forgotten what it learned. */
  const isDone = (wanted: Wanted) =>
    over !== null && isSame(wanted, over.wanted) && (!over.answers || get().quick !== null);

  const notePace = (wanted: Wanted, { photos, ms }: QuickStep["embedded"]) => {
    const isFirst = !shown || !isForTheSame(wanted, shown);
    // Beside an import everything takes longer.
    if (isFirst || wanted.most === MOST_BESIDE_IMPORT) {
      pace = { photos: 0, ms: 0 };
      return;
    }
    pace = { photos: pace.photos + photos, ms: pace.ms + ms };
    if (photos > 0 && pace.photos >= PACE_AFTER) get().notePace(wanted, { msPerPhoto: pace.ms / pace.photos });
  };

  const step = async (wanted: Wanted) => {
    const controller = new AbortController();
    running = { wanted, controller };
    const done = await learn(headstart, wanted, controller.signal);
    if (running?.controller !== controller) return;
    running = null;
    version += 1;
    notePace(wanted, done.embedded);
    shown = wanted;
    over = done.left ? null : { wanted, answers: done.answers };
    const { left, answers, newest } = done;
    // Before the page is told, which asks for a pause.
    if (left > 0) consider(0);
    set({ quick: answers ? { version, newest } : null, learningQuickly: left > 0 });
    consider();
  };
  const stop = () => {
    running?.controller.abort();
    running = null;
    if (get().learningQuickly) set({ learningQuickly: false });
  };

  const consider = (pause = PAUSE_MS) => {
    const [ground, wanted] = [groundNow(), wantedNow()];
    if (get().quick && !(ground && shown && isForTheSame(ground, shown))) set({ quick: null });
    if (running && !(wanted && isForTheSame(wanted, running.wanted))) stop();
    if (!wanted && get().learningQuickly) stop();
    if (!wanted || running || timer !== null || isDone(wanted)) return;
    timer = setTimeout(() => {
      timer = null;
      const still = wantedNow();
      if (still && !running && !isDone(still)) void step(still);
    }, pause);
  };
  return () => consider();
}

/** One step, and what the head says of the photo added last. What fails leaves no head. */
async function learn(headstart: QuickGuessing["headstart"], wanted: Wanted, signal: AbortSignal) {
  const { dataset, most, baseModelId, settings } = wanted;
  const photos = quickPhotos(dataset, most);
  const about = dataset.samples.findLast(({ excluded }) => !excluded)?.photo ?? null;
  const request = { learn: photos, about, baseModelId, settings };
  const done = photos.length ? await headstart.learnQuickly(request, signal).catch(() => NOTHING) : NOTHING;
  return { ...done, newest: about && done.about ? { photo: about, answer: done.about } : null };
}

function isSame(one: Wanted, other: Wanted): boolean {
  return isForTheSame(one, other) && one.dataset.samples === other.dataset.samples && one.most === other.most;
}
