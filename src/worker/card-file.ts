/** The card of the built-in base model, `public/models/card.json`. */
import * as v from "valibot";
import { MEASURED_SETS } from "../network/measurements.ts";

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const Side = v.pipe(v.number(), v.integer(), v.minValue(1));
const Milliseconds = v.pipe(v.number(), v.gtValue(0));

const Measured = v.pipe(
  v.object({
    sets: v.array(v.picklist(MEASURED_SETS)),
    models: v.array(v.object({ name: v.string(), side: Side, msPerPhoto: Milliseconds, accuracies: v.array(Share) })),
    sides: v.array(v.object({ side: Side, msPerPhoto: Milliseconds, accuracy: Share })),
  }),
  v.check(({ sets, models }) => models.every(({ accuracies }) => accuracies.length === sets.length)),
);

/** Shares are 0..1, sides pixels. */
export const CardFile = v.object({
  name: v.string(),
  files: v.object({ model: v.string(), weights: v.string() }),
  preprocessing: v.object({
    crop: v.picklist(["center", "squash"]),
    channelOrder: v.picklist(["RGB", "BGR"]),
    scale: v.tuple([v.number(), v.number(), v.number()]),
    offset: v.tuple([v.number(), v.number(), v.number()]),
  }),
  maker: v.string(),
  trainedOn: v.string(),
  /** `notice` is a file beside the card. */
  licence: v.object({ name: v.string(), notice: v.string() }),
  measured: Measured,
});
