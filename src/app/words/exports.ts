/** What a catalogue says of each export. */
import type { ExportedInput, ExportLimit, ExportName } from "../../network/exports.ts";

export interface ExportText {
  readonly name: string;
  /** What is in it and what it is good for. */
  readonly text: string;
}

export type ExportsText = Readonly<Record<ExportName, ExportText>>;

interface LimitText<Only> {
  /** What its readers take, in a few words. */
  takes(only: Only): string;
  /** What that means for a classifier that was trained with something else. */
  sentence(only: Only, input: ExportedInput): string;
}

export type LimitsText = {
  readonly [Code in ExportLimit["code"]]: LimitText<Extract<ExportLimit, { readonly code: Code }>["only"]>;
};

/** @param input the classifier's; null for what the export's readers take at all */
export function limitInWords(text: LimitsText, { code, only }: ExportLimit, input: ExportedInput | null): string {
  const byCode = text as unknown as Readonly<Record<string, LimitText<ExportLimit["only"]>>>;
  return (input ? byCode[code]?.sentence(only, input) : byCode[code]?.takes(only)) ?? code;
}
