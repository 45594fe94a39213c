/** Where a base model came from and how good it is, by what its card says. */
import { expect, test } from "vitest";
import type { Preprocessing } from "../../../src/network/model.ts";
import { entryOf } from "../../../src/worker/base-model-entries.ts";

const preprocessing: Preprocessing = {
  ...{ height: 32, width: 32, crop: "center", channelOrder: "RGB" },
  ...{ scale: [1, 1, 1], offset: [0, 0, 0] },
};
const card = {
  ...{ id: "0123456789abcdef", name: "Birds", embeddingSize: 8, parameters: 1, multiplyAdds: 1, blocks: 1, bytes: 4 },
  preprocessing,
};

test.each([
  { source: "built-in", origin: { kind: "built-in" }, note: "built-in" },
  { source: "file", origin: { kind: "file" }, note: null },
  { source: "project-file", origin: { kind: "project-file" }, note: null },
  { source: "example.org", origin: { kind: "host", host: "example.org" }, note: null },
  {
    source: "storage.googleapis.com (mobilenet-v2-0.35)",
    origin: { kind: "host", host: "storage.googleapis.com" },
    note: "best-value",
  },
  // From a catalogue that this one is not.
  { source: "example.org (a-model)", origin: { kind: "host", host: "example.org" }, note: null },
])("$source", ({ source, origin, note }) => {
  expect(entryOf({ card: { ...card, source } })).toMatchObject({ name: "Birds", origin, note });
});

test("a card of an earlier version, with its note in English", () => {
  const earlier = { ...card, source: "your file", note: "Small and modest." };
  expect(entryOf({ card: earlier })).toMatchObject({ origin: { kind: "file" }, note: null });
});
