import * as v from "valibot";
import { readModelFiles } from "../formats/models/model-files.ts";
import type { BaseModel } from "../network/model.ts";
import { contentsOf, makeBaseModel } from "./base-model.ts";
import { BUILT_IN } from "./base-model-entries.ts";
import { WorkerError } from "./errors.ts";

const CardFile = v.object({
  name: v.string(),
  files: v.object({ model: v.string(), weights: v.string() }),
  preprocessing: v.object({
    crop: v.picklist(["center", "squash"]),
    channelOrder: v.picklist(["RGB", "BGR"]),
    scale: v.tuple([v.number(), v.number(), v.number()]),
    offset: v.tuple([v.number(), v.number(), v.number()]),
  }),
});

/**
 * The base model that ships with the app, from `public/models`: all that is known of it is in its card and its files.
 *
 * @throws WorkerError when a file of it is missing
 */
export async function loadBuiltIn(): Promise<BaseModel> {
  const folder = new URL(`${import.meta.env.BASE_URL}models/`, new URL("..", self.location.href));
  const file = async (name: string): Promise<Response> => {
    const response = await fetch(new URL(name, folder));
    if (!response.ok) throw new WorkerError({ code: "base-model/incomplete", file: name });
    return response;
  };
  const card = v.parse(CardFile, await (await file("card.json")).json());
  const files = await Promise.all(
    [card.files.model, card.files.weights].map(async (path) => ({
      path,
      bytes: new Uint8Array(await (await file(path)).arrayBuffer()),
    })),
  );
  const { network, preprocessing, bytes } = contentsOf(readModelFiles(files));
  return makeBaseModel({
    network,
    preprocessing: { ...preprocessing, ...card.preprocessing },
    bytes,
    name: card.name,
    source: BUILT_IN,
  });
}
