/** A base model that a project file brings: whatever its card says, its content decides which one it is. */
import { expect, test, vi } from "vitest";
import type { BaseModel } from "../../../src/network/model.ts";
import type { Database } from "../../../src/storage/database.ts";
import { makeBaseModel } from "../../../src/worker/base-model.ts";
import { entryOf } from "../../../src/worker/base-model-entries.ts";
import { BaseModels } from "../../../src/worker/base-models.ts";
import { PREPROCESSING, smallBase } from "../../fixtures/small-base.ts";

const kept: BaseModel[] = [];
vi.mock("../../../src/storage/models.ts", () => ({
  putBaseModel: async (_: Database, base: BaseModel) => void kept.push(base),
}));

const official = () =>
  makeBaseModel({ network: smallBase(), preprocessing: PREPROCESSING, bytes: 4, name: "Official", source: "built-in" });
/** Other weights under the card of the official one. */
async function poser(): Promise<BaseModel> {
  const { card, network } = await official();
  const nodes = network.nodes.map((node) =>
    "kernel" in node.weights
      ? {
          ...node,
          weights: {
            ...node.weights,
            kernel: { ...node.weights.kernel, data: node.weights.kernel.data.map((value) => value / 2) },
          },
        }
      : node,
  );
  return { card, network: { ...network, nodes: nodes as BaseModel["network"]["nodes"] } };
}

async function modelsWith(here: readonly BaseModel[]): Promise<BaseModels> {
  kept.length = 0;
  const models = new BaseModels(async () => ({}) as Database);
  vi.spyOn(models, "list").mockResolvedValue(here.map(entryOf));
  return models;
}

test("one that poses as a built-in one is another one, from a project file", async () => {
  const [own, other] = [await official(), await poser()];
  const models = await modelsWith([own]);
  const id = await models.adopt(other);
  expect(id).not.toBe(own.card.id);
  expect(kept.map((base) => entryOf(base).origin)).toEqual([{ kind: "project-file" }]);
});

test("one that is here already is the one that is here, under whatever id it comes", async () => {
  const own = await official();
  const models = await modelsWith([own]);
  expect(await models.adopt({ ...own, card: { ...own.card, id: "another", source: "example.org" } })).toBe(own.card.id);
  expect(kept).toEqual([]);
});
