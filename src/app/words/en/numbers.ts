/** Numbers and dates that stand alone, without a sentence around them. */
import { bytes, count, dateTime, decimal, loss, percent, wholePercent } from "./language.ts";

export const numbers = { count, percent, wholePercent, loss, decimal, bytes, dateTime };
