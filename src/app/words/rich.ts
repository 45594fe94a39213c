/** Sentences with marked parts, as plain data: a catalogue says which part is strong or a link, the page decides how that looks. */

export type RichPart = string | { readonly mark: Mark; readonly text: string };
export type Rich = readonly RichPart[];
/** A sentence has one `link` at most; the page decides where it leads. */
export type Mark = "strong" | "link";

export const strong = (text: string): RichPart => ({ mark: "strong", text });
export const link = (text: string): RichPart => ({ mark: "link", text });

/** `` rich`${strong("cat")} called ${"dog"}` `` */
export function rich(texts: TemplateStringsArray, ...values: readonly RichPart[]): Rich {
  return texts.flatMap((text, at): RichPart[] => {
    const value = values[at];
    return [...(text ? [text] : []), ...(value === undefined ? [] : [value])];
  });
}
