/**
 * The photos of a Teachable Machine project (`.tm`): a flat zip of `<class>-!-<number>.<ending>` beside a `manifest.json`.
 * Also those that genai-tm keeps: `samples/<class's number>_<number>.png` beside a `metadata.json` with the labels.
 * docs/project-file.md says which sources this was checked against.
 */
import * as v from "valibot";
import { tidyName } from "../../dataset/names.ts";
import type { ZipEntry } from "../archives/zip.ts";
import { manifestIn } from "../archives/zip-manifest.ts";
import { FormatError } from "../errors.ts";

export interface ProjectSample {
  readonly className: string;
  readonly fileName: string;
}

const Manifest = v.object({ type: v.picklist(["image", "pose", "audio"]) });
const Metadata = v.object({ labels: v.array(v.string()) });

/** A few labels need far less. */
const MOST_METADATA_BYTES = 2 ** 20;

/** Between a class's name, which may hold anything, and the photo's number. */
const NAMED = /^(.+)-!-([^/]+)$/;
const NUMBERED = /^samples\/(\d+)_(\d+\.[a-z]+)$/i;

/**
 * Finds the samples in a zip's entries, by path, in their order in the zip, which is the classes' order.
 *
 * @returns null when the zip is something else
 * @throws FormatError when its samples are sounds
 */
export async function teachableMachineSamples(
  entries: readonly ZipEntry[],
): Promise<ReadonlyMap<string, ProjectSample> | null> {
  return (await namedSamples(entries)) ?? numberedSamples(entries);
}

async function namedSamples(entries: readonly ZipEntry[]): Promise<ReadonlyMap<string, ProjectSample> | null> {
  if (!entries.some(({ path }) => NAMED.test(path))) return null;
  const found = await manifestIn(entries);
  const manifest = v.safeParse(Manifest, found?.json);
  if (!found || !manifest.success) return null;
  if (manifest.output.type === "audio") {
    throw new FormatError({ code: "teachable-machine/sounds" });
  }
  return samplesOf(entries, (path) => {
    const [, className, fileName] = path.slice(found.folder.length).match(NAMED) ?? [];
    return className === undefined || fileName === undefined ? null : { className, fileName };
  });
}

async function numberedSamples(entries: readonly ZipEntry[]): Promise<ReadonlyMap<string, ProjectSample> | null> {
  const metadata = entries.find(({ path }) => path === "metadata.json");
  if (!metadata || !entries.some(({ path }) => NUMBERED.test(path))) return null;
  if (metadata.size > MOST_METADATA_BYTES) return null;
  const parsed = v.safeParse(Metadata, parseJson(await textOf(metadata)));
  if (!parsed.success) return null;
  const { labels } = parsed.output;
  return samplesOf(entries, (path) => {
    const [, index, fileName] = path.match(NUMBERED) ?? [];
    const className = labels[Number(index)];
    return className === undefined || fileName === undefined ? null : { className, fileName };
  });
}

function samplesOf(
  entries: readonly ZipEntry[],
  sampleAt: (path: string) => ProjectSample | null,
): ReadonlyMap<string, ProjectSample> {
  const samples = new Map<string, ProjectSample>();
  for (const { path } of entries) {
    const sample = sampleAt(path);
    const className = tidyName(sample?.className ?? "");
    if (sample && className) samples.set(path, { className, fileName: tidyName(sample.fileName) });
  }
  return samples;
}

/** Empty when it cannot be read: what says nothing is no description. */
async function textOf(entry: ZipEntry): Promise<string> {
  try {
    return await (await entry.blob()).text();
  } catch (error) {
    if (error instanceof FormatError) return "";
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
