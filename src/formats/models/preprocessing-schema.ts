import * as v from "valibot";

const perChannel = v.tuple([v.number(), v.number(), v.number()]);
const side = v.pipe(v.number(), v.integer(), v.minValue(1));

/** How a photo becomes a network's input, as files of this app say it. */
export const PreprocessingSchema = v.object({
  height: side,
  width: side,
  crop: v.picklist(["center", "squash"]),
  channelOrder: v.picklist(["RGB", "BGR"]),
  scale: perChannel,
  offset: perChannel,
});
