/** Numbers and words as people read them, in their locale. */

const percentFormat = new Intl.NumberFormat(undefined, {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const countFormat = new Intl.NumberFormat();

/** 0.975 → “97.5%” */
export function percent(share: number): string {
  return percentFormat.format(share);
}

/** 1234 → “1,234” */
export function count(value: number): string {
  return countFormat.format(value);
}

/** “1 photo”, “2 photos”, “2 classes” */
export function plural(value: number, noun: string): string {
  const ending = noun.endsWith("s") ? "es" : "s";
  return value === 1 ? `1 ${noun}` : `${count(value)} ${noun}${ending}`;
}

/** 1412448 → “1.4 MB” */
export function megabytes(bytes: number): string {
  const value = bytes / 1e6;
  return `${value.toLocaleString(undefined, { maximumFractionDigits: value < 10 ? 1 : 0 })} MB`;
}

/** 18400000 → “18 million” */
export function millions(value: number): string {
  return `${(value / 1e6).toLocaleString(undefined, { maximumSignificantDigits: 2 })} million`;
}

/** 75 → “about 1 min 15 s” */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 60 ? `about ${whole} s` : `about ${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** “9 March, 14:05”, with the year where it is another */
export function dateTime(iso: string): string {
  const date = new Date(iso);
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return date.toLocaleString(undefined, { day: "numeric", month: "short", year, hour: "2-digit", minute: "2-digit" });
}
