import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeBuild } from "../../../scripts/offline-build.ts";
import { filesToKeep, pathIn, wasmFeatures } from "../../../src/offline/build.ts";
import { withHeaders } from "../../../src/offline/headers.ts";
import { pageLock, scriptsOfPages } from "../../../src/offline/protocol.ts";

const ROOT = new URL("../../../", import.meta.url);

test("of the WebAssembly variants the one is kept that TensorFlow.js chooses", () => {
  const names = ["w-C1_-aB9d.wasm", "w-simd-C1_-aB9d.wasm", "w-threaded-simd-C1_-aB9d.wasm"];
  const build = {
    id: "",
    files: Object.fromEntries(["a.js", "assets/libheif-C1_-aB9d.wasm", ...names].map((name) => [name, ""])),
  };
  expect(filesToKeep(build, { simd: true, threads: true })).toEqual(["a.js", "assets/libheif-C1_-aB9d.wasm", names[2]]);
  expect(filesToKeep(build, { simd: true, threads: false })).toEqual([
    "a.js",
    "assets/libheif-C1_-aB9d.wasm",
    names[1],
  ]);
  expect(filesToKeep(build, { simd: false, threads: false })).toEqual([
    "a.js",
    "assets/libheif-C1_-aB9d.wasm",
    names[0],
  ]);
  expect(filesToKeep(build, { simd: false, threads: true })).toEqual([
    "a.js",
    "assets/libheif-C1_-aB9d.wasm",
    names[0],
  ]);
});

test("Node, which has both, is seen to have vectors and threads", () => {
  expect(wasmFeatures()).toEqual({ simd: true, threads: true });
});

test("a path is one within the app's folder", () => {
  const scope = "https://host.example/some/path/";
  expect(pathIn(scope, "https://host.example/some/path/assets/a.js?v=1#x")).toBe("assets/a.js");
  expect(pathIn(scope, "https://host.example/some/path/")).toBe("index.html");
  expect(pathIn(scope, "https://host.example/some/other/")).toBeNull();
  expect(pathIn(scope, "https://elsewhere.example/some/path/a.js")).toBeNull();
  expect(pathIn(scope, "")).toBeNull();
});

test("a response gets the headers of isolation and keeps those it has, its policy too; without one it gets the app's", async () => {
  const policy = "default-src 'none'";
  const response = withHeaders(
    new Response("text", {
      status: 201,
      headers: { "Content-Security-Policy": policy, "Cross-Origin-Embedder-Policy": "credentialless" },
    }),
  );
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": "text/plain;charset=UTF-8",
    "content-security-policy": policy,
    "cross-origin-embedder-policy": "credentialless",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(withHeaders(new Response("text")).headers.get("content-security-policy")).toMatch(/^default-src 'none';/);
  expect(response.status).toBe(201);
  expect(await response.text()).toBe("text");
});

test("what cannot be read is passed on as it is", () => {
  const unreadable = Response.error();
  expect(withHeaders(unreadable)).toBe(unreadable);
});

test("open pages are known by the locks that they hold", () => {
  const script = "https://host.example/assets/page.js";
  expect(scriptsOfPages(["headstart-tab", pageLock(script)])).toEqual([script]);
});

test("a build is described by the files to keep, and any change makes it another", async () => {
  const folder = await mkdtemp(join(tmpdir(), "headstart-build-"));
  await mkdir(join(folder, "assets"));
  await mkdir(join(folder, "screenshots"));
  await mkdir(join(folder, "models"));
  const files = [
    "index.html",
    "assets/a.js",
    "assets/a.js.map",
    "service-worker.js",
    "screenshots/a.png",
    "models/README.md",
  ];
  for (const file of files) await writeFile(join(folder, file), "abc");
  const build = await describeBuild(folder);
  // FIPS 180-2, appendix B.1: SHA-256 of "abc".
  const hash = Buffer.from("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "hex");
  const integrity = `sha256-${hash.toString("base64")}`;
  expect(build.files).toEqual({ "assets/a.js": integrity, "index.html": integrity });
  expect((await describeBuild(folder)).id).toBe(build.id);
  await writeFile(join(folder, "index.html"), "abcd");
  expect((await describeBuild(folder)).id).not.toBe(build.id);
  await rm(folder, { recursive: true });
});

test("the pictures of the manifest are there, in the sizes that it says, and one of them is maskable", async () => {
  const manifest = JSON.parse(await readFile(new URL("public/manifest.webmanifest", ROOT), "utf8"));
  expect(manifest.icons.map(({ purpose }: { purpose?: string }) => purpose)).toContain("maskable");
  const pngs = [...manifest.icons, ...manifest.screenshots].filter(({ type }) => type === "image/png");
  expect(pngs.length).toBeGreaterThan(4);
  for (const { src, sizes } of pngs) {
    const file = src.startsWith("screenshots/") ? src.replace("screenshots/", "docs/") : `public/${src}`;
    const bytes = await readFile(new URL(file, ROOT));
    // PNG: width and height come first in the first chunk.
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
  }
});
