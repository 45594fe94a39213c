/** What is kept in the browser, read past the app. */
import type { Page } from "playwright";

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
