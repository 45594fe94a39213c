/** What is wrong with a field of a description that was read as JSON, as plain data. */
import type * as v from "valibot";

export interface FieldProblem {
  /** Its path, such as `project.name`; null when the description as a whole is wrong. */
  readonly field: string | null;
  /** In the notation of types and literals, such as `"channels_last"` or `>=1`; null when a rule says what is expected. */
  readonly expected: string | null;
  /** What stands there, in the same notation, not longer than a line. `undefined` when nothing does. */
  readonly received: string;
  /** The rule that is broken, where it is one of several fields or has no notation. */
  readonly rule: FieldRule | null;
}

/** Rules of fields that have no notation. */
const FIELD_RULES = [
  "not-sha-256",
  "not-16-hexadecimal-digits",
  "class-twice",
  "photo-of-unknown-class",
  "report-unlike-its-classes",
  "no-time",
  "unlike-its-shape",
  "newer-headstart",
] as const;
export type FieldRule = (typeof FIELD_RULES)[number];

/** To be given to valibot where it takes a message. */
export const rule = (name: FieldRule): FieldRule => name;

const LONGEST = 60;

/** @param issues of a parse that failed; the first one counts */
export function fieldProblem([issue]: readonly [v.BaseIssue<unknown>, ...unknown[]]): FieldProblem {
  const path = issue.path?.map(({ key }) => key).filter((key) => typeof key === "string" || typeof key === "number");
  const broken = FIELD_RULES.find((each) => each === issue.message) ?? null;
  return {
    field: path?.length ? path.join(".") : null,
    expected: broken ? null : issue.expected,
    received: issue.received.length > LONGEST ? `${issue.received.slice(0, LONGEST)}…` : issue.received,
    rule: broken,
  };
}
