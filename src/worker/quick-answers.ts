/** Answers while photos are still being collected. They come from no run, are tested on nothing and kept nowhere. */
import type { PhotoId } from "../dataset/dataset.ts";
import { enoughOf } from "../dataset/quick-photos.ts";
import { decodeFrame } from "../engine/decode.ts";
import type { Embedder } from "../engine/embed.ts";
import { Likeness } from "../engine/likeness.ts";
import { answerLeftOut, answerQuickly } from "../engine/quick-head.ts";
import type { BaseModel } from "../network/model.ts";
import type { Pooling } from "../training/settings.ts";
import type { EmbeddingTable } from "./embedding-table.ts";
import { readMissing, TableSaver } from "./embedding-tables.ts";
import { Lane } from "./lane.ts";
import { embedMissing } from "./preparing.ts";
import type { QuickAnswer, QuickRequest, QuickStep } from "./protocol/index.ts";
import { type FittedHead, fitOf, isOutdated } from "./quick-fit.ts";
import type { Rooms } from "./rooms.ts";

/** Photos embedded in one step. */
const AT_ONCE = 8;

/** What is being worked with. */
interface Ground {
  readonly base: BaseModel;
  /** What `base` was loaded for. */
  readonly choice: string;
  readonly pooling: Pooling;
  /** Photos that go through the base model at once, at most. */
  readonly batchSize: number;
  readonly table: EmbeddingTable;
  readonly saver: TableSaver;
  readonly likeness: Likeness;
  /** Photos that storage has been asked for. */
  readonly asked: Set<PhotoId>;
  readonly unreadable: Set<PhotoId>;
}

export class QuickAnswers {
  readonly #rooms: Pick<Rooms, "database" | "device" | "decoders" | "tables" | "held" | "baseModels">;
  readonly #lane = new Lane();
  #ground: Ground | null = null;
  #held: FittedHead | null = null;

  constructor(rooms: Pick<Rooms, "database" | "device" | "decoders" | "tables" | "held" | "baseModels">) {
    this.#rooms = rooms;
  }

  /** @see QuickDoor.learnQuickly @throws StorageError when the storage is full; AbortError */
  learn({ learn, about, baseModelId, settings }: QuickRequest, signal: AbortSignal): Promise<QuickStep> {
    return this.#lane.run(async () => {
      signal.throwIfAborted();
      const choice = `${baseModelId} ${settings.inputSize}`;
      // Loading reads all weights from storage, but for those of the built-in one.
      const before = this.#ground;
      const base =
        before?.choice === choice ? before.base : await this.#rooms.baseModels.load(baseModelId, settings.inputSize);
      const ground = await this.#groundOf(base, settings.pooling, choice);
      const { table } = ground;
      const wanted = [...new Set([...(about === null ? [] : [about]), ...learn.map(({ photo }) => photo)])];
      const embedded = await this.#embed(ground, wanted, signal);
      const left = missingOf(ground, wanted).length;
      if (!left) await ground.saver.saveAll();
      const known = enoughOf(learn.filter(({ photo }) => table.rowOf(photo, 0) !== undefined));
      if (!known.length) this.#held = null;
      else if (!this.#held || isOutdated(this.#held, known, left > 0)) {
        const fitted = await fitOf(ground, known, signal);
        // Another project may have been opened meanwhile.
        if (this.#ground === ground) this.#held = fitted;
      }
      return { left, embedded, answers: this.#held !== null, about: about === null ? null : this.#answerOf(about) };
    });
  }

  /** @see QuickDoor.guessFrame */
  async guessFrame(frame: ImageBitmap, mirrored: boolean): Promise<QuickAnswer | null> {
    try {
      const ground = this.#ground;
      if (!this.#held || !ground) return null;
      const { base, pooling } = ground;
      const pixels = decodeFrame(frame, base.card.preprocessing, mirrored);
      const [embedding] = await this.#rooms.device.betweenSteps(base, pooling, (embedder) => embedder.embed([pixels]));
      const held = this.#held;
      if (!held || this.#ground !== ground || !embedding) return null;
      return { classIds: held.classIds, probabilities: answerQuickly(held.fit.head, embedding) };
    } finally {
      frame.close();
    }
  }

  /** @see QuickDoor.guessPhoto */
  async guessPhoto(photo: PhotoId): Promise<QuickAnswer | null> {
    const ground = this.#ground;
    if (ground) await this.#embed(ground, [photo], new AbortController().signal);
    return this.#ground === ground ? this.#answerOf(photo) : null;
  }

  /** Lets go of another base model's embeddings, for when this one's are worked with. */
  keepOnly({ card }: Pick<BaseModel, "card">, pooling: Pooling): void {
    const ground = this.#ground;
    if (ground && (ground.base.card.id !== card.id || ground.pooling !== pooling)) this.forget();
  }

  /** For when another project is opened. */
  forget(): void {
    this.#ground = null;
    this.#held = null;
  }

  #answerOf(photo: PhotoId): QuickAnswer | null {
    const [held, table] = [this.#held, this.#ground?.table];
    const row = table?.rowOf(photo, 0);
    if (!held || !table || row === undefined) return null;
    const { fit, photos, classIds } = held;
    const at = photos.findIndex((each) => each.photo === photo);
    return { classIds, probabilities: at < 0 ? answerQuickly(fit.head, table.row(row)) : answerLeftOut(fit, at) };
  }

  /** A head of another base model or another table says nothing of this one's embeddings. */
  async #groundOf(base: BaseModel, pooling: Pooling, choice: string): Promise<Ground> {
    const { device, tables, database } = this.#rooms;
    const { width, batchSize } = await device.betweenSteps(base, pooling, async (embedder) => ({
      ...{ width: embedder.size, batchSize: Math.min(AT_ONCE, embedder.batchSize) },
    }));
    const table = tables.of({ base: base.card.id, features: pooling }, width);
    if (this.#ground?.table === table) return this.#ground;
    this.#held = null;
    this.#ground = {
      ...{
        base,
        choice,
        pooling,
        batchSize,
        table,
        likeness: new Likeness(table),
        saver: new TableSaver(await database(), table),
      },
      ...{ asked: new Set(), unreadable: new Set() },
    };
    return this.#ground;
  }

  /** Embeds the first few that need it. */
  async #embed(ground: Ground, photos: readonly PhotoId[], signal: AbortSignal): Promise<QuickStep["embedded"]> {
    const { base, pooling, table, saver, asked, unreadable } = ground;
    const { database, decoders, device, held } = this.#rooms;
    const unasked = missingOf(ground, photos).filter((photo) => !asked.has(photo));
    await readMissing(await database(), table, unasked.map(viewOf));
    for (const photo of unasked) asked.add(photo);
    const next = missingOf(ground, photos).slice(0, AT_ONCE);
    const embedded = { photos: 0, ms: 0 };
    if (!next.length) return embedded;
    const { backend } = await device.status();
    const embedder = {
      ...{ size: table.width, batchSize: ground.batchSize },
      embed: (pixels: readonly Uint8ClampedArray[]) =>
        device.betweenSteps(base, pooling, async (full) => {
          const start = performance.now();
          const embeddings = await embedBatch(full, pixels, backend === "wasm");
          embedded.photos += pixels.length;
          embedded.ms += performance.now() - start;
          return embeddings;
        }),
    };
    await embedMissing(
      {
        ...{ decoders, held, base, embedder, signal, views: next.map(viewOf) },
        onEvent(event) {
          if (event.kind === "preparing-skipped") for (const { path } of event.skipped) unreadable.add(path);
        },
      },
      table,
      saver,
    );
    return embedded;
  }
}

/** A GPU compiles its kernels for each size of a batch: there, a small one is filled up to the size that is known already. */
async function embedBatch(
  embedder: Pick<Embedder, "batchSize" | "embed">,
  pixels: readonly Uint8ClampedArray[],
  anySize: boolean,
): Promise<Float32Array[]> {
  const filler = pixels.at(-1);
  if (anySize || !filler) return embedder.embed(pixels);
  const filled = Array.from({ length: Math.max(pixels.length, embedder.batchSize) }, (_, at) => pixels[at] ?? filler);
  return (await embedder.embed(filled)).slice(0, pixels.length);
}

function missingOf({ table, unreadable }: Ground, photos: readonly PhotoId[]): PhotoId[] {
  return photos.filter((photo) => table.rowOf(photo, 0) === undefined && !unreadable.has(photo));
}

function viewOf(photo: PhotoId) {
  return { photo, view: 0 };
}
