import type { FieldProblem, FieldRule } from "../../../../../worker/protocol/faults.ts";

/** They stand behind the field's name. */
const RULES: Readonly<Record<FieldRule, string>> = {
  "not-sha-256": "is not a SHA-256 in lower-case hexadecimal digits",
  "not-16-hexadecimal-digits": "is not 16 hexadecimal digits",
  "class-twice": "names a class twice",
  "photo-of-unknown-class": "has a photo of a class that is not among its classes",
  "report-unlike-its-classes": "does not fit its class names",
  "no-time": "is not a time as in ISO 8601",
  "unlike-its-shape": "does not hold as many numbers as its shape says",
  "newer-headstart": "was written by a newer Headstart",
};

/** “project.name is 5, but must be string”: a part of a sentence, without its full stop. */
export function fieldProblem({ field, expected, received, rule }: FieldProblem): string {
  const name = field ?? "the description";
  if (rule !== null) return `${name} ${RULES[rule]} (${received})`;
  if (received === "undefined") return `${name} is missing`;
  return expected === null ? `${name} is ${received}` : `${name} is ${received}, but must be ${expected}`;
}
