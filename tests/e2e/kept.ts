/** What is kept in the browser, read past the app. */
import type { Page } from "playwright";
import type { Run } from "../../src/project/run.ts";

export interface Kept {
  /** Class names by file name. */
  readonly labels: ReadonlyMap<string, string>;
  /** Near-duplicates, by file name. */
  readonly groups: readonly (readonly string[])[];
  /** Samples without their photo's bytes or thumbnail. */
  readonly broken: number;
}

/** The open project as it is kept. */
export async function readKept(page: Page): Promise<Kept> {
  const { labels, groups, broken } = await page.evaluate(async () => {
    interface KeptState {
      readonly order: readonly string[];
      readonly state: {
        readonly dataset: { readonly classes: readonly { id: string; name: string }[] };
        readonly groups: readonly (readonly string[])[];
      };
    }
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const id = localStorage.getItem("headstart.project") ?? "";
    const database = await ended(indexedDB.open("headstart"));
    try {
      const transaction = database.transaction(["projectStates", "projectSamples", "photos", "thumbnails"]);
      const store = (name: string) => transaction.objectStore(name);
      const { order, state }: KeptState = await ended(store("projectStates").get(id));
      const names = new Map(state.dataset.classes.map((each) => [each.id, each.name]));
      const labels: [string, string][] = [];
      const fileNames = new Map<string, string>();
      let broken = 0;
      for (const chunk of order) {
        const samples = await ended(store("projectSamples").get([id, chunk]));
        for (const { photo, classId, fileName } of samples) {
          labels.push([fileName, names.get(classId) ?? ""]);
          fileNames.set(photo, fileName);
          const kept = (await ended(store("photos").count(photo))) + (await ended(store("thumbnails").count(photo)));
          if (kept !== 2) broken += 1;
        }
      }
      const groups = state.groups.map((group) => group.map((photo) => fileNames.get(photo) ?? ""));
      return { labels, groups, broken };
    } finally {
      database.close();
    }
  });
  return { labels: new Map(labels), groups, broken };
}

export interface KeptRuns {
  /** The newest first. */
  readonly runs: readonly Run[];
  /** What is there by halves, each in a few words. */
  readonly halves: readonly string[];
}

/** The runs of all projects as they are kept, and whether each is kept whole. */
export async function readKeptRuns(page: Page): Promise<KeptRuns> {
  return page.evaluate(async () => {
    interface Details {
      readonly photos?: string;
      readonly report?: unknown;
    }
    interface KeptClassifier {
      readonly network: { readonly nodes: readonly { readonly weights: Record<string, { readonly data: unknown }> }[] };
    }
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await ended(indexedDB.open("headstart"));
    try {
      const stores = ["runs", "runDetails", "runClassifiers", "projectClassifiers", "contents"];
      const transaction = database.transaction(stores);
      const entries = async <T>(name: string) => {
        const store = transaction.objectStore(name);
        const [keys, values] = await Promise.all([ended(store.getAllKeys()), ended(store.getAll())]);
        return new Map(keys.map((key, at) => [JSON.stringify(key), values[at] as T]));
      };
      const runs = await entries<Run>("runs");
      const details = await entries<Details>("runDetails");
      const classifiers = await entries<KeptClassifier>("runClassifiers");
      const inUse = await entries<{ readonly run?: string }>("projectClassifiers");
      const contents = new Set(await ended(transaction.objectStore("contents").getAllKeys()));
      const halves: string[] = [];
      const must = (holds: boolean, problem: string) => {
        if (!holds) halves.push(problem);
      };
      for (const [key, run] of runs) {
        must(!run.classifier || classifiers.has(key), `${key} has no classifier`);
        must(!run.classifier || details.has(key), `${key} has no details`);
      }
      for (const [key, { photos }] of details) {
        must(runs.has(key), `details without their run ${key}`);
        must(photos === undefined || contents.has(photos), `${key} has no list of photos`);
      }
      for (const [key, { network }] of classifiers) {
        must(runs.has(key), `a classifier without its run ${key}`);
        const weights = network.nodes.flatMap((node) => Object.values(node.weights));
        must(
          weights.every(({ data }) => typeof data !== "string" || contents.has(data)),
          `${key} lacks weights`,
        );
      }
      for (const [project, { run }] of inUse) {
        const key = JSON.stringify([JSON.parse(project), run]);
        must(
          run === undefined || (runs.has(key) && classifiers.has(key)),
          `the classifier in use of ${project} is gone`,
        );
      }
      return {
        runs: [...runs.values()].sort((a, b) => b.finishedAt.localeCompare(a.finishedAt)),
        halves,
      };
    } finally {
      database.close();
    }
  });
}

/** Every embedding that is kept, as base, features, view and photo; sorted. */
export async function readKeptEmbeddings(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const ended = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await ended(indexedDB.open("headstart"));
    try {
      const store = database.transaction("embeddingBlockPhotos").objectStore("embeddingBlockPhotos");
      const [keys, blocks] = await Promise.all([ended(store.getAllKeys()), ended(store.getAll())]);
      return blocks
        .flatMap((block: { photos: string[]; views: Int32Array }, at) => {
          const [base, features] = keys[at] as string[];
          return block.photos.map((photo, row) => [base, features, block.views[row], photo].join(" "));
        })
        .sort();
    } finally {
      database.close();
    }
  });
}
