/** Project states that older versions of Headstart kept, brought to today's shape. */

/** Today's. Whoever changes the shape of a project's state adds one, and a step below. */
export const STATE_VERSION = 2;

/** A state of some version, as plain data: its own version knows its shape. */
export type PlainState = Readonly<Record<string, unknown>>;

/** From version 1 to 2, from 2 to 3, and so on. */
const STEPS: readonly ((state: PlainState) => PlainState)[] = [toTwo];

/** A state that this version of Headstart cannot read. */
export class StateVersionError extends Error {
  override readonly name = "StateVersionError";
}

/**
 * Brings a whole state, samples included, to `STATE_VERSION`.
 * @param version the one that it was kept in, 1 or more
 * @throws StateVersionError when it was kept by a newer Headstart
 */
export function migrateState(state: PlainState, version: number): PlainState {
  if (version > STATE_VERSION) {
    throw new StateVersionError("This project was made by a newer Headstart. Reload the page, or open it there.");
  }
  return STEPS.slice(version - 1).reduce((migrated, step) => step(migrated), state);
}

/** Photos can be left out and carry what is known of them; near-duplicates and earlier runs are kept. */
function toTwo(state: PlainState): PlainState {
  const dataset = asPlain(state.dataset);
  const samples = asList(dataset.samples).map((sample) => ({
    excluded: false,
    burst: null,
    looks: null,
    cleared: [],
    ...sample,
  }));
  return {
    groups: [],
    runs: [],
    ...state,
    dataset: { ...dataset, samples },
    lastRun: state.lastRun ? withHeadEpochs(asPlain(state.lastRun)) : null,
  };
}

/** Before fine-tuning came, every epoch fitted the head alone. */
function withHeadEpochs(lastRun: PlainState): PlainState {
  const summary = asPlain(lastRun.summary);
  const outcome = asPlain(summary.outcome);
  return { ...lastRun, summary: { ...summary, outcome: { headEpochs: outcome.epochs, ...outcome } } };
}

function asPlain(value: unknown): PlainState {
  return (value ?? {}) as PlainState;
}

function asList(value: unknown): readonly PlainState[] {
  return Array.isArray(value) ? value : [];
}
