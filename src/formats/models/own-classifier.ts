/** What this app's own exports say of a classifier beside its network: how it is fed and what its classes are called. */
import * as v from "valibot";
import type { Classifier } from "../../network/model.ts";
import { FormatError } from "../errors.ts";
import { fieldProblem, rule } from "../field-problem.ts";
import { PreprocessingSchema } from "./preprocessing-schema.ts";
import { describeRejection, RejectionSchema } from "./rejection-schema.ts";

const Description = v.object({
  version: v.literal(1, rule("newer-headstart")),
  name: v.string(),
  classNames: v.pipe(v.array(v.string()), v.minLength(1)),
  preprocessing: PreprocessingSchema,
  rejection: v.exactOptional(RejectionSchema),
});

type Description = v.InferOutput<typeof Description>;

export function describe({ name, classNames, preprocessing, rejection }: Classifier): object {
  const description = { version: 1, name, classNames, preprocessing };
  return rejection ? { ...description, rejection: describeRejection(rejection) } : description;
}

/** @throws FormatError when the description is not as it should be */
export function readDescription(description: unknown): Description {
  const parsed = v.safeParse(Description, description);
  if (!parsed.success) throw new FormatError({ code: "tfjs/classifier", ...fieldProblem(parsed.issues) });
  return parsed.output;
}
