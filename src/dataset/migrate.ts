/** Project states that older versions of Headstart kept, brought to today's shape. */
import { CodedError } from "../errors/coded-error.ts";
import type { ProjectVersionFault } from "./errors.ts";

/** Today's version. Whoever changes the shape of a project's state adds one to it, and a step below. */
export const STATE_VERSION = 2;

/** A state of some version, as plain data. Its shape depends on the version. */
export type PlainState = Readonly<Record<string, unknown>>;

/** The first step leads from version 1 to 2, the second from 2 to 3, and so on. */
const STEPS: readonly ((state: PlainState) => PlainState)[] = [toTwo];

/** A state that this version of Headstart cannot read. */
export class StateVersionError extends CodedError<ProjectVersionFault> {
  override readonly name = "StateVersionError";
}

/**
 * Brings a whole state, samples included, to `STATE_VERSION`.
 * @param version in which it was saved, 1 or more
 * @throws StateVersionError when a newer Headstart saved it
 */
export function migrateState(state: PlainState, version: number): PlainState {
  if (version > STATE_VERSION) {
    throw new StateVersionError({ code: "project/newer-version", version, readable: STATE_VERSION });
  }
  return STEPS.slice(version - 1).reduce((migrated, step) => step(migrated), state);
}

/** From version 2 on, photos can be excluded and have measured looks, and projects keep near-duplicates and earlier runs. */
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

/** Before fine-tuning was added, every epoch trained only the head. */
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
