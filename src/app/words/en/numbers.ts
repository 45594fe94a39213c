/** Numbers and dates that stand alone, without a sentence around them. */
import { bytes, count, dateTime, decimal, loss, percent } from "./language.ts";

export const numbers = { count, percent, loss, decimal, bytes, dateTime };
