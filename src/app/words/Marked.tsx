import type { Mark, Rich } from "./rich.ts";

interface MarkedProps {
  readonly text: Rich;
  /** Where the sentence's link leads. */
  readonly href?: string;
}

/** A sentence with its marked parts as elements. */
export function Marked({ text, href }: MarkedProps) {
  return text.map((part, at) =>
    typeof part === "string" ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence have no identity but their places
      <MarkedPart key={at} mark={part.mark} text={part.text} href={href} />
    ),
  );
}

function MarkedPart({ mark, text, href }: { mark: Mark; text: string; href: string | undefined }) {
  switch (mark) {
    case "strong":
      return <strong>{text}</strong>;
    case "link":
      return <a href={href}>{text}</a>;
  }
}
