/** Teachable Machine's models that take no photos. */
import * as v from "valibot";
import { FormatError } from "../errors.ts";

const Pose = v.union([
  v.object({ packageName: v.pipe(v.string(), v.regex(/pose/)) }),
  v.object({ modelSettings: v.object({ posenet: v.unknown() }) }),
]);
const Sound = v.union([
  v.object({ tfjsSpeechCommandsVersion: v.unknown() }),
  v.object({ wordLabels: v.array(v.string()) }),
  v.object({ packageName: v.pipe(v.string(), v.regex(/audio|sound|speech/)) }),
]);

/** @param json a parsed `metadata.json` @throws FormatError when it is that of a pose or sound model */
export function refuseOtherMetadata(json: unknown): void {
  if (v.is(Pose, json)) throw new FormatError({ code: "teachable-machine/pose" });
  if (v.is(Sound, json)) throw new FormatError({ code: "teachable-machine/sound" });
}

/** PoseNet's features, by its settings in Teachable Machine: resolution 257, stride 16, multiplier 0.75. */
const POSE_FEATURES = 14_739;
/** A second of sound: 43 spectra of 232 frequencies. */
const SPECTROGRAM = "43,232,1";

/** The same by the input's shape, for a model that came without its metadata. */
export function refuseOtherSenses(shape: readonly number[]): void {
  if (shape.length === 1 && shape[0] === POSE_FEATURES) throw new FormatError({ code: "teachable-machine/pose" });
  if (`${shape}` === SPECTROGRAM) throw new FormatError({ code: "teachable-machine/sound" });
}
