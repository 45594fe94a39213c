/**
 * Ids of the base models that shipped with earlier versions of the app and no longer do: MobileNetV2 0.50 at 96 px. A project
 * may still name one of them as its choice.
 */
const EARLIER_BUILT_IN: readonly string[] = ["4558156d6a3ad8ba"];

/** Whether a base model shipped with an earlier version, so that nobody can be expected to have its files. */
export function shippedEarlier(baseModelId: string): boolean {
  return EARLIER_BUILT_IN.includes(baseModelId);
}
