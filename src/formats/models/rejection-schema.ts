/** When a classifier answers “none of these”, as files of this app say it. */
import * as v from "valibot";
import type { Weight } from "../../network/network.ts";
import type { Rejection } from "../../network/rejection.ts";
import { rule } from "../field-problem.ts";

const Length = v.pipe(v.number(), v.integer(), v.minValue(0));

/** Numbers of 32 bits, little-endian, in base64. */
const Numbers = v.pipe(
  v.object({ shape: v.tuple([Length, Length]), base64: v.pipe(v.string(), v.base64()) }),
  v.transform(({ shape, base64 }): Weight => ({ shape, data: numbersOf(base64) })),
  v.check(
    ({ shape: [rows = 0, columns = 0], data }) => data.length === rows * columns && data.every(Number.isFinite),
    rule("unlike-its-shape"),
  ),
);

export const RejectionSchema = v.object({
  layer: v.string(),
  means: Numbers,
  directions: Numbers,
  photos: v.array(Length),
  threshold: v.pipe(v.number(), v.minValue(0)),
  falseRejects: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** As `RejectionSchema` reads it. */
export function describeRejection(rejection: Rejection): v.InferInput<typeof RejectionSchema> {
  const { layer, photos, threshold, falseRejects } = rejection;
  return {
    ...{ layer, photos: [...photos], threshold, falseRejects },
    means: written(rejection.means),
    directions: written(rejection.directions),
  };
}

function written({ shape: [rows = 0, columns = 0], data }: Weight): v.InferInput<typeof Numbers> {
  const view = new DataView(new ArrayBuffer(4 * data.length));
  data.forEach((value, at) => {
    view.setFloat32(4 * at, value, true);
  });
  const characters = Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte));
  return { shape: [rows, columns], base64: btoa(characters.join("")) };
}

function numbersOf(base64: string): Float32Array {
  const characters = atob(base64);
  const view = new DataView(new ArrayBuffer(characters.length));
  for (let at = 0; at < characters.length; at++) view.setUint8(at, characters.charCodeAt(at));
  return Float32Array.from({ length: Math.floor(characters.length / 4) }, (_, at) => view.getFloat32(4 * at, true));
}
