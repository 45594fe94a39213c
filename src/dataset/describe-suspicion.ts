import type { Suspicion } from "./audit.ts";
import type { Dataset } from "./dataset.ts";
export function describeSuspicion({ kind, suggestion, others }: Suspicion, dataset: Dataset): string {
  const name = dataset.classes.find(({ id }) => id === suggestion?.classId)?.name;
  if (suggestion) return `Looks like ${name} (${(suggestion.probability * 100).toFixed(1)} %)`;
  if (others.length) return `Nearly the same as ${dataset.samples.find(({ photo }) => photo === others[0])?.fileName}`;
  return `Seems ${kind}`;
}
