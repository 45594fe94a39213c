/** Classifiers that were kept before weights were looked at: a damaged one is refused and predicts nothing. */
import { expect, test } from "vitest";
import type { Classifier } from "../../../src/network/model.ts";
import type { NetworkNode } from "../../../src/network/network.ts";
import { summaryOfFile } from "../../../src/project/classifier.ts";
import type { Database } from "../../../src/storage/database.ts";
import type { InUse } from "../../../src/storage/project-records.ts";
import { ClassifierInUse } from "../../../src/worker/classifier-in-use.ts";
import type { OpenProject } from "../../../src/worker/open-project.ts";
import { smallClassifier } from "../../fixtures/hostile/models.ts";
import { sayingLater } from "../../fixtures/saying.ts";

/** With values in the place of its head's weights. */
function damaged(value: number): Classifier {
  const classifier = smallClassifier();
  const nodes = classifier.network.nodes.map((node): NetworkNode => {
    if (node.op !== "MatMul") return node;
    const { shape, data } = node.weights.kernel;
    return { ...node, weights: { ...node.weights, kernel: { shape, data: data.map(() => value) } } };
  });
  return { ...classifier, network: { ...classifier.network, nodes } };
}

function createInUse() {
  const kept: InUse[] = [];
  const project = { keepInUse: async (inUse: InUse) => void kept.push(inUse) } as unknown as OpenProject;
  const noDatabase = () => Promise.reject<Database>(new Error("The storage has no part in this"));
  return { inUse: new ClassifierInUse(noDatabase, project), kept };
}

const REFUSAL = /“Small” cannot be used: it is damaged/;

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "a saved one with a weight of %s is not taken into use",
  async (value) => {
    const { inUse, kept } = createInUse();
    await inUse.use(smallClassifier());
    expect(await sayingLater(inUse.use(damaged(value)))).toMatch(REFUSAL);
    expect(kept).toHaveLength(1);
    expect((await inUse.required()).classifier).toEqual(smallClassifier());
  },
);

test("one that a project came with is named, and refused each time that it is needed", async () => {
  const { inUse } = createInUse();
  const classifier = damaged(Number.NaN);
  inUse.restore(async () => ({ runs: [], inUse: { classifier, summary: summaryOfFile(classifier) } }));
  expect((await inUse.summary())?.name).toBe("Small");
  expect(await sayingLater(inUse.required())).toMatch(REFUSAL);
  expect(await sayingLater(inUse.required())).toMatch(REFUSAL);
});
