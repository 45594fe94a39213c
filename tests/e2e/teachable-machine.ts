/** The real `@teachablemachine/image`, in a page of its own. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { BrowserContext } from "playwright";
import { readZip } from "../../src/formats/archives/zip.ts";

const resolve = createRequire(import.meta.url).resolve;

interface TeachableMachine {
  loadFromFiles(
    model: File,
    weights: File,
    metadata: File,
  ): Promise<{
    predict(image: HTMLImageElement): Promise<{ className: string; probability: number }[]>;
  }>;
}

/**
 * Probabilities that Teachable Machine's own library gives for photos, by class name, from an exported zip.
 * @param photos PNG or JPEG bytes
 */
export async function predictWithTeachableMachine(
  context: BrowserContext,
  zipPath: string,
  photos: readonly Buffer[],
): Promise<Map<string, number>[]> {
  const entries = await readZip(new Blob([await readFile(zipPath)]), zipPath);
  const files = await Promise.all(
    entries.map(async (entry) => ({
      name: entry.path,
      base64: Buffer.from(await (await entry.blob()).arrayBuffer()).toString("base64"),
    })),
  );
  const page = await context.newPage();
  try {
    await page.addScriptTag({ path: resolve("@tensorflow/tfjs/dist/tf.min.js") });
    await page.addScriptTag({ path: resolve("@teachablemachine/image/dist/teachablemachine-image.min.js") });
    const answers = await page.evaluate(
      async ({ files, photos }) => {
        const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const file = (name: string) => new File([bytes(files.find((each) => each.name === name)?.base64 ?? "")], name);
        const { tmImage } = globalThis as unknown as { tmImage: TeachableMachine };
        const model = await tmImage.loadFromFiles(file("model.json"), file("weights.bin"), file("metadata.json"));
        const results: { className: string; probability: number }[][] = [];
        for (const photo of photos) {
          const image = new Image();
          image.src = URL.createObjectURL(new Blob([bytes(photo)]));
          await image.decode();
          results.push(await model.predict(image));
        }
        return results;
      },
      { files, photos: photos.map((photo) => photo.toString("base64")) },
    );
    return answers.map((rows) => new Map(rows.map(({ className, probability }) => [className, probability])));
  } finally {
    await page.close();
  }
}
