/** Fetches a model's files: a Keras, ONNX or TensorFlow Lite file, or a TensorFlow.js `model.json` and the weight files it names, beside it. */
import * as v from "valibot";
import { isHdf5 } from "../formats/models/hdf5/superblock.ts";
import { isLite } from "../formats/models/lite/model.ts";
import { isOnnx } from "../formats/models/model-files.ts";
import { MODEL_SOURCES, mayFetch } from "../offline/policy.ts";
import { WorkerError } from "./errors.ts";
import { isZip, MAX_MODEL_BYTES, unzip } from "./model-blobs.ts";
import type { DownloadProgress } from "./protocol/index.ts";

const Manifest = v.object({ weightsManifest: v.array(v.object({ paths: v.array(v.string()) })) });

export interface FetchedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * @throws WorkerError when the host cannot be reached, refuses, or sends something else; it names the host
 */
export async function fetchModelFiles(
  url: string,
  onProgress: (progress: DownloadProgress) => void,
  signal: AbortSignal,
): Promise<FetchedFile[]> {
  const address = parseAddress(url);
  let received = 0;
  const fetchFile = async (location: URL): Promise<Uint8Array> => {
    const response = await request(location, signal);
    return readBody(response, (bytes) => {
      received += bytes;
      if (received > MAX_MODEL_BYTES) {
        throw new WorkerError({ code: "download/too-large", host: address.host, most: MAX_MODEL_BYTES });
      }
      onProgress({ bytes: received, totalBytes: null });
    });
  };

  const first = await fetchFile(address);
  const name = address.pathname.split("/").at(-1) ?? "";
  if (isZip(first)) return unzip(new Blob([first as BlobPart]), name);
  if (isHdf5(first) || isLite(first) || isOnnx({ path: name, bytes: first })) return [{ path: name, bytes: first }];
  const modelJson = first;
  const files: FetchedFile[] = [{ path: "model.json", bytes: modelJson }];
  for (const path of weightPaths(modelJson, address)) {
    files.push({ path, bytes: await fetchFile(besides(address, path)) });
  }
  return files;
}

/** Where a weight file lies. Its user agreed to one host, and a `model.json` cannot send the app to another. */
function besides(address: URL, path: string): URL {
  if (!URL.canParse(path, address) || new URL(path, address).origin !== address.origin) {
    throw new WorkerError({ code: "download/other-host", address: address.href, host: address.host, path });
  }
  return new URL(path, address);
}

function parseAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address || !/^https?:$/.test(address.protocol)) {
    throw new WorkerError({ code: "download/no-address", address: url });
  }
  return address;
}

async function request(location: URL, signal: AbortSignal): Promise<Response> {
  refuse(location, false);
  let response: Response;
  try {
    response = await fetch(location, { signal, credentials: "omit", referrerPolicy: "no-referrer" });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new WorkerError({ code: "download/unreachable", host: location.host });
  }
  if (response.redirected) refuse(new URL(response.url), true);
  if (!response.ok) {
    const { host, pathname: path } = location;
    throw new WorkerError({ code: "download/refused", host, status: response.status, path });
  }
  return response;
}

/** What the page's policy would refuse too, so that it is told why. */
function refuse(location: URL, isAfterRedirect: boolean): void {
  if (mayFetch(location, self.location.origin, isAfterRedirect)) return;
  throw new WorkerError({ code: "download/not-allowed", address: location.href, sources: MODEL_SOURCES });
}

async function readBody(response: Response, onBytes: (count: number) => void): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  if (response.body) {
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value);
      onBytes(part.value.byteLength);
    }
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

/** The weight files that a `model.json` names. Whether they fit it is the reader's to check. */
function weightPaths(modelJson: Uint8Array, address: URL): string[] {
  try {
    return v
      .parse(Manifest, JSON.parse(new TextDecoder().decode(modelJson)))
      .weightsManifest.flatMap((group) => group.paths);
  } catch {
    throw new WorkerError({ code: "download/not-a-model", address: address.href });
  }
}
