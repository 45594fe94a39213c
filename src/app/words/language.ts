/** Numbers, dates and plurals of a language. A catalogue makes its sentences with these. */

/** A word or sentence for each plural category of the language; `#` stands for the number. */
export type PluralForms = { readonly other: string } & { readonly [Category in Intl.LDMLPluralRule]?: string };

export interface Language {
  /** 1234 → “1,234” */
  count(value: number): string;
  /** 0.975 → “97.5%” */
  percent(share: number): string;
  /** 0.975 → “98%” */
  wholePercent(share: number): string;
  /** 0.123456 → “0.1235” */
  loss(value: number): string;
  /** 2.345 → “2.3”; at most `digits` digits after the point */
  decimal(value: number, digits: number): string;
  /** 1000 → “1000”, 1e-7 → “0.0000001”: as one types it into a box */
  typed(value: number): string;
  /** 1412448 → “1.4 MB”, 12000000000 → “12 GB” */
  bytes(value: number): string;
  /** ISO 8601 → “9 Mar, 14:05”, with the year where it is another one. @param seconds whether to the second: “14:05:09” */
  dateTime(iso: string, seconds?: boolean): string;
  /** “a”, “a and b”, “a, b and c” */
  list(items: readonly string[]): string;
  /** `plural(2, { one: "# photo", other: "# photos" })` → “2 photos” */
  plural(value: number, forms: PluralForms): string;
}

/** @param locales as for `Intl`; the language of the catalogue, with the person's own region where it has one */
export function createLanguage(locales: Intl.LocalesArgument): Language {
  const counts = new Intl.NumberFormat(locales);
  const percents = new Intl.NumberFormat(locales, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const wholePercents = new Intl.NumberFormat(locales, { style: "percent" });
  const losses = new Intl.NumberFormat(locales, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const typed = new Intl.NumberFormat(locales, { useGrouping: false, maximumFractionDigits: 20 });
  const lists = new Intl.ListFormat(locales, { type: "conjunction" });
  const rules = new Intl.PluralRules(locales);
  const decimal = (value: number, digits: number) => value.toLocaleString(locales, { maximumFractionDigits: digits });
  const unit = (value: number, name: "megabyte" | "gigabyte") =>
    value.toLocaleString(locales, { style: "unit", unit: name, maximumFractionDigits: value < 10 ? 1 : 0 });
  return {
    count: (value) => counts.format(value),
    percent: (share) => percents.format(share),
    wholePercent: (share) => wholePercents.format(share),
    loss: (value) => losses.format(value),
    decimal,
    typed: (value) => typed.format(value),
    bytes: (value) => (value < 1e9 ? unit(value / 1e6, "megabyte") : unit(value / 1e9, "gigabyte")),
    dateTime(iso, seconds = false) {
      const date = new Date(iso);
      const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
      const second = seconds ? "2-digit" : undefined;
      return date.toLocaleString(locales, {
        ...{ day: "numeric", month: "short", year },
        ...{ hour: "2-digit", minute: "2-digit", second },
      });
    },
    list: (items) => lists.format(items),
    plural: (value, forms) => (forms[rules.select(value)] ?? forms.other).replace("#", counts.format(value)),
  };
}
