/** A training goes on in the next worker when one dies, against a door that dies as it is told to. */
import { expect, test } from "vitest";
import { type Survival, survivingTraining, type ToldEvent } from "../../../src/app/store/surviving-training.ts";
import { DEFAULT_SETTINGS } from "../../../src/training/settings.ts";
import { WorkerError } from "../../../src/worker/errors.ts";
import type { TrainEvent, Trained, TrainRequest } from "../../../src/worker/protocol/index.ts";
import { sayingLater } from "../../fixtures/saying.ts";

const DONE = {} as Trained;
const REQUEST = {
  runId: "run",
  number: 1,
  startFrom: null,
  asFixed: false,
  dataset: { classes: [], samples: [] },
  baseModelId: "base",
  settings: DEFAULT_SETTINGS,
  projectName: "",
  known: null,
};

/** What one worker does: it tells events and ends; a promise that never settles is one that the signal must end. */
type Life = (tell: (event: TrainEvent) => void, request: TrainRequest) => Promise<Trained>;

function training(lives: readonly Life[]) {
  const requests: TrainRequest[] = [];
  const events: ToldEvent[] = [];
  const deaths: (number | null)[] = [];
  const stops: number[] = [];
  const controller = new AbortController();
  const survival: Survival = {
    headstart: {
      async train(request, onEvent, signal) {
        const life = lives[requests.push(request) - 1];
        if (!life) throw new Error("more workers than expected");
        const aborted = new Promise<never>((_, reject) => {
          signal.addEventListener("abort", () => reject(new DOMException("Cancelled", "AbortError")));
        });
        return Promise.race([life(onEvent, request), aborted]);
      },
      async stopTraining() {
        stops.push(requests.length);
      },
    },
    request: REQUEST,
    signal: controller.signal,
    onEvent: (event) => events.push(event),
    onDeath: (_, from) => deaths.push(from?.epoch ?? null),
  };
  return { ...survivingTraining(survival), requests, events, deaths, stops, abort: () => controller.abort() };
}

const death = () => new WorkerError({ code: "worker/ended", reason: "test" });
const preparing = (done: number, total = 10): TrainEvent => ({
  ...{ kind: "preparing", done, total },
  ...{ secondsLeft: null, msPerPhoto: null },
});
const result = (epoch: number) => ({ epoch, trainLoss: 1, validationLoss: 1, trainAccuracy: 0, validationAccuracy: 0 });

/** The two events of an epoch. */
function epoch(number: number): TrainEvent[] {
  const history = Array.from({ length: number }, (_, at) => result(at + 1));
  const fit = {
    ...({ phase: "head", epoch: number, history, random: number } as const),
    stopping: { patienceFrom: 0, bestEpoch: 1, bestValue: 1 },
    fit: { weights: [], best: "now", optimizer: { steps: number, first: [], second: [] } } as const,
  };
  return [
    { kind: "checkpoint", checkpoint: { epoch: number, fit, spentMs: number } },
    { kind: "epoch", result: result(number), bestEpoch: 1, sinceBest: number - 1 },
  ];
}

/** A worker that tells these and dies. */
function dying(...told: readonly TrainEvent[]): Life {
  return async (tell) => {
    told.forEach(tell);
    throw death();
  };
}

test("goes on from the last epoch, with what cross-validation said, as the same run", async () => {
  const predictions = [{ photo: "a", actual: 0, probabilities: [1, 0] }];
  const { run, requests, deaths } = training([
    dying(preparing(10), { kind: "fold-over", predictions, spentMs: 5 }),
    dying(preparing(10), { kind: "fold-over", predictions: [], spentMs: 9 }, ...epoch(10), ...epoch(11)),
    dying(preparing(10)),
    async () => DONE,
  ]);
  expect(await run()).toBe(DONE);
  expect(deaths).toEqual([null, 11, 11]);
  expect(requests.map(({ runId, resume }) => [runId, resume?.folds, resume?.fit?.epoch, resume?.spentMs])).toEqual([
    ["run", undefined, undefined, undefined],
    ["run", [predictions], undefined, 5],
    ["run", [predictions, []], 11, 11],
    ["run", [predictions, []], 11, 11],
  ]);
});

test("photos that were compared before the worker died are not compared again", async () => {
  const { run, requests } = training([
    dying(preparing(10), { kind: "groups", groups: [["a", "b"]], comparedAs: "photos of two" }),
    async () => DONE,
  ]);
  await run();
  expect(requests.map(({ known }) => known)).toEqual([
    null,
    expect.objectContaining({ groups: [["a", "b"]], comparedAs: "photos of two" }),
  ]);
});

test("goes on with the history of all epochs, of which each checkpoint tells only those since the one before", async () => {
  const since = (number: number): TrainEvent[] =>
    epoch(number).map((event) => {
      if (event.kind !== "checkpoint") return event;
      const { checkpoint } = event;
      return { ...event, checkpoint: { ...checkpoint, fit: { ...checkpoint.fit, history: [result(number)] } } };
    });
  const { run, requests } = training([
    dying(...since(1), ...since(2), ...since(3)),
    dying(...since(4)),
    // Its first words are of an epoch that was told before.
    dying(...since(4), ...since(5)),
    async () => DONE,
  ]);
  await run();
  expect(requests.map(({ resume }) => resume?.fit?.history)).toEqual([
    undefined,
    [1, 2, 3].map(result),
    [1, 2, 3, 4].map(result),
    [1, 2, 3, 4, 5].map(result),
  ]);
});

test("what a dead worker sent late counts no more", async () => {
  let late: () => void = () => undefined;
  const { run, requests, events } = training([
    async (tell) => {
      epoch(1).forEach(tell);
      late = () => epoch(2).forEach(tell);
      throw death();
    },
    async (tell) => {
      late();
      epoch(2).forEach(tell);
      throw death();
    },
    async () => DONE,
  ]);
  await run();
  expect(requests.map(({ resume }) => resume?.fit?.epoch ?? null)).toEqual([null, 1, 2]);
  expect(events.map((event) => (event.kind === "epoch" ? event.result.epoch : null))).toEqual([1, 2]);
});

test("gives up after four deaths in a row, and says so", async () => {
  const { run, deaths } = training(Array.from({ length: 9 }, () => dying(preparing(0), preparing(4))));
  expect(await sayingLater(run())).toBe(
    "Training was given up: the engine stopped 4 times without getting any further. Close other tabs and programs to free memory, choose another backend in the engine settings or a smaller base model, and train again.",
  );
  // The first time it got as far as that.
  expect(deaths).toEqual([null, null, null]);
});

test("does not give up while it gets further, be it in preparing or by an epoch each time", async () => {
  const further = Array.from({ length: 12 }, (_, at) => dying(preparing(at), preparing(at + 1)));
  const epochs = Array.from({ length: 6 }, (_, at) => dying(...epoch(at + 1)));
  expect(await training([...further, ...epochs, async () => DONE]).run()).toBe(DONE);
});

test("what is no death is thrown as it is", async () => {
  const { run, deaths } = training([() => Promise.reject(new RangeError("no number"))]);
  await expect(run()).rejects.toThrow(new RangeError("no number"));
  expect(deaths).toEqual([]);
});

test("a cancel is a cancel, also when the worker has just died", async () => {
  const cancelled = training([
    async () => {
      cancelled.abort();
      throw death();
    },
  ]);
  await expect(cancelled.run()).rejects.toMatchObject({ name: "AbortError" });
  expect(cancelled.deaths).toEqual([]);
  const waiting = training([dying(), () => new Promise(() => undefined)]);
  const ending = waiting.run();
  setTimeout(waiting.abort);
  await expect(ending).rejects.toMatchObject({ name: "AbortError" });
});

test("Stop before the first epoch has nothing to keep; later the next worker hears of it too", async () => {
  const stopping = training([
    async (tell) => {
      expect(stopping.stop()).toBeNull();
      epoch(1).forEach(tell);
      await stopping.stop();
      throw death();
    },
    async (tell) => {
      [preparing(10), ...epoch(2)].forEach(tell);
      return DONE;
    },
  ]);
  expect(await stopping.run()).toBe(DONE);
  expect(stopping.stops).toEqual([1, 2]);
});
