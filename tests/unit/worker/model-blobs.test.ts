/** What is taken into memory when somebody adds a model. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { mayFetch } from "../../../src/offline/policy.ts";
import { CATALOGUE } from "../../../src/worker/catalogue.ts";
import { fetchModelFiles } from "../../../src/worker/fetch-model.ts";
import { modelFiles } from "../../../src/worker/model-blobs.ts";
import { bytes, utf8 } from "../../fixtures/hostile/bytes.ts";
import { sparseBlob } from "../../fixtures/hostile/sparse.ts";
import { zipOf } from "../../fixtures/hostile/zip.ts";
import { sayingLater } from "../../fixtures/saying.ts";

describe("files", () => {
  test("of more than a model can have are refused unread", async () => {
    const film = sparseBlob(3 * 2 ** 30, []);
    expect(await sayingLater(modelFiles([{ path: "film.mp5", blob: film.blob }]))).toMatch(
      /3\.2 GB together; a model may have 2 GB/,
    );
    expect(film.read()).toBeLessThan(100);
  });

  test("of a zip are read without the photos and hidden files beside them", async () => {
    const names = ["model.json", "group1-shard1of1", "photos/cat.jpg", "__MACOSX/._model.json", ".DS_Store"];
    const zip = new Blob([zipOf(names.map((path) => ({ path, stored: utf8(path) })))]);
    expect((await modelFiles([{ path: "model.zip", blob: zip }])).map(({ path }) => path)).toEqual(names.slice(0, 2));
  });

  test("of a zip in a zip are read, as of a .keras in one", async () => {
    const inner = zipOf(["model.json", "weights.bin"].map((path) => ({ path, stored: utf8(path) })));
    for (const name of ["export.zip", "model.keras"]) {
      const outer = [
        { path: "readme.txt", stored: utf8("Notes") },
        { path: `downloads/${name}`, stored: inner },
      ];
      const given = await modelFiles([{ path: "all.zip", blob: new Blob([zipOf(outer)]) }]);
      expect(given.map(({ path }) => path)).toEqual(["readme.txt", "model.json", "weights.bin"]);
    }
  });

  test("of a zip beside a model are left alone, and so are several zips", async () => {
    const inner = zipOf([{ path: "other.json", stored: utf8("{}") }]);
    for (const beside of ["model.json", "second.zip"]) {
      const outer = [
        { path: "first.zip", stored: inner },
        { path: beside, stored: beside.endsWith("zip") ? inner : utf8("{}") },
      ];
      const given = await modelFiles([{ path: "all.zip", blob: new Blob([zipOf(outer)]) }]);
      expect(given.map(({ path }) => path)).toEqual(["first.zip", beside]);
    }
  });

  test("of a zip that unpack to far more than it has are refused unpacked, in a zip in a zip too", async () => {
    const bomb = { stored: new Uint8Array(400_000), size: 400e6, method: 8 };
    const weights = zipOf([{ path: "model.weights.h5", ...bomb }]);
    const refused = /0\.4 MB and would unpack to 400 MB/;
    expect(await sayingLater(modelFiles([{ path: "model.keras", blob: new Blob([weights]) }]))).toMatch(refused);
    const outer = zipOf([{ path: "model.keras", stored: weights }]);
    expect(await sayingLater(modelFiles([{ path: "all.zip", blob: new Blob([outer]) }]))).toMatch(refused);
    const inner = zipOf([{ path: "model.keras", ...bomb }]);
    expect(await sayingLater(modelFiles([{ path: "all.zip", blob: new Blob([inner]) }]))).toMatch(refused);
  });

  test("of a zip that leads out of it are refused", async () => {
    const zip = new Blob([zipOf([{ path: "../model.json", stored: bytes("{}") }])]);
    expect(await sayingLater(modelFiles([{ path: "model.zip", blob: zip }]))).toMatch(/points outside the zip/);
  });
});

describe("from an address", () => {
  beforeEach(() => vi.stubGlobal("self", { location: { origin: "https://host.example" } }));
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    "https://elsewhere.example/weights.bin",
    "//elsewhere.example/weights.bin",
    "http://host.example/weights.bin",
  ])("weights at %s, where nobody agreed to fetch from, are not fetched", async (path) => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: URL) => {
      asked.push(url.href);
      return new Response(JSON.stringify({ weightsManifest: [{ paths: [path] }] }));
    });
    const fetching = fetchModelFiles("https://host.example/model.json", () => undefined, new AbortController().signal);
    expect(await sayingLater(fetching)).toMatch(/does not lie on host\.example/);
    expect(asked).toEqual(["https://host.example/model.json"]);
  });

  test.each([
    "https://elsewhere.example/model.json",
    "https://storage.googleapis.com/other-bucket/model.json",
    "https://tfhub.dev@elsewhere.example/model.json",
    "https://localhost.elsewhere.example/model.json",
  ])("%s, where models may not be fetched from, is not asked, and is told why", async (address) => {
    const asked: string[] = [];
    vi.stubGlobal("fetch", async (url: URL) => {
      asked.push(url.href);
      return new Response("{}");
    });
    const fetching = fetchModelFiles(address, () => undefined, new AbortController().signal);
    expect(await sayingLater(fetching)).toMatch(/^This page may not fetch/);
    expect(asked).toEqual([]);
  });

  test("a redirect to where models may not be fetched from is refused", async () => {
    vi.stubGlobal("fetch", async () =>
      Object.defineProperties(new Response("{}"), {
        redirected: { value: true },
        url: { value: "https://elsewhere.example/model.json" },
      }),
    );
    const fetching = fetchModelFiles("https://tfhub.dev/a/model.json", () => undefined, new AbortController().signal);
    expect(await sayingLater(fetching)).toMatch(/^This page may not fetch https:\/\/elsewhere\.example/);
  });

  test("everything in the catalogue may be fetched", () => {
    const addresses = CATALOGUE.flatMap(({ from }) => (from.kind === "url" ? [from.url] : []));
    expect(addresses.length).toBeGreaterThan(5);
    for (const address of addresses) expect(mayFetch(new URL(address), "https://host.example")).toBe(true);
  });
});
