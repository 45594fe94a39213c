import * as v from "valibot";
import { PartError } from "../errors/part.ts";
import { readModelFiles } from "../formats/models/model-files.ts";
import type { BaseModelCredits } from "../network/measurements.ts";
import type { BaseModel } from "../network/model.ts";
import { contentsOf, makeBaseModel } from "./base-model.ts";
import { BUILT_IN } from "./base-model-entries.ts";
import { CardFile } from "./card-file.ts";
import { WorkerError } from "./errors.ts";

export interface BuiltIn {
  readonly base: BaseModel;
  readonly credits: BaseModelCredits;
}

/**
 * The base model that ships with the app, from `public/models`: all that is known of it is in its card and its files.
 *
 * @throws WorkerError when a file of it is missing; PartError when the server cannot be reached
 */
export async function loadBuiltIn(): Promise<BuiltIn> {
  const folder = new URL(`${import.meta.env.BASE_URL}models/`, new URL("..", self.location.href));
  const read = async (name: string): Promise<Response> => {
    const response = await fetch(new URL(name, folder));
    if (!response.ok) throw new WorkerError({ code: "base-model/incomplete", file: name });
    return response;
  };
  const readAll = async () => {
    const card = v.parse(CardFile, await (await read("card.json")).json());
    const paths = [card.files.model, card.files.weights];
    const files = await Promise.all(
      paths.map(async (path) => ({ path, bytes: new Uint8Array(await (await read(path)).arrayBuffer()) })),
    );
    return { card, files };
  };
  const { card, files } = await readAll().catch((cause: unknown) => {
    // What the network ends is a TypeError, whether it was at the beginning or half-way.
    throw cause instanceof TypeError
      ? new PartError({ code: "part/not-loaded", part: "base-model" }, { cause })
      : cause;
  });
  const { network, preprocessing, bytes } = contentsOf(readModelFiles(files));
  const base = await makeBaseModel({
    network,
    preprocessing: { ...preprocessing, ...card.preprocessing },
    bytes,
    name: card.name,
    source: BUILT_IN,
  });
  const { maker, trainedOn, licence, measured } = card;
  const notice = new URL(licence.notice, folder).href;
  return { base, credits: { maker, trainedOn, licence: { ...licence, notice }, measured } };
}
