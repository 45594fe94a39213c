/** The classifier in use: read from the storage when somebody first needs its weights. */
import { checkWeights } from "../network/check.ts";
import { NetworkError } from "../network/errors.ts";
import type { Classifier } from "../network/model.ts";
import { type ClassifierSummary, summaryOfFile, summaryOfRun } from "../project/classifier.ts";
import type { Run, RunId } from "../project/run.ts";
import type { Database } from "../storage/database.ts";
import { StorageError } from "../storage/errors.ts";
import type { InUse, OwnClassifier } from "../storage/project-records.ts";
import { getRunClassifier } from "../storage/runs.ts";
import { WorkerError } from "./errors.ts";
import type { OpenProject } from "./open-project.ts";
import { summaryInUse } from "./summary-in-use.ts";

interface Held {
  readonly summary: ClassifierSummary;
  classifier(): Promise<Classifier>;
}

/** What is kept of a project's classifiers. */
interface Kept {
  readonly runs: readonly Run[];
  readonly inUse: InUse | null;
}

export class ClassifierInUse {
  readonly #database: () => Promise<Database>;
  readonly #project: OpenProject;
  #runs: readonly Run[] = [];
  #held: Held | null = null;
  #read: () => Promise<Kept> = async () => ({ runs: [], inUse: null });
  /** null while nothing is taken up. */
  #taken: Promise<void> | null = null;

  constructor(database: () => Promise<Database>, project: OpenProject) {
    this.#database = database;
    this.#project = project;
  }

  /** From now on, another project's; whoever asks for it waits until it is read. */
  restore(read: () => Promise<Kept>): void {
    this.#read = read;
    this.#taken = null;
    // What goes wrong is told to whoever asks, and tried again by the next.
    this.#restored().catch(() => undefined);
  }

  #restored(): Promise<void> {
    if (this.#taken) return this.#taken;
    const taking = this.#takeUp();
    this.#taken = taking;
    taking.catch(() => {
      if (this.#taken === taking) this.#taken = null;
    });
    return taking;
  }

  async #takeUp(): Promise<void> {
    const read = this.#read;
    const { runs, inUse } = await read();
    if (read !== this.#read) return this.#restored();
    this.#runs = runs;
    this.#held = null;
    if (inUse && "classifier" in inUse) this.#held = ready(inUse);
    else if (inUse) this.#held = this.#ofRun(inUse.run);
  }

  /** A run that was just kept with its classifier, which is in use from now on. */
  async hold(run: Run, classifier: Classifier): Promise<ClassifierSummary> {
    await this.#restored();
    const summary = summaryOfRun(run);
    if (!summary) throw new WorkerError({ code: "run/no-classifier" });
    this.#runs = [run, ...this.#runs];
    this.#held = ready({ classifier, summary });
    return summary;
  }

  /** A run of which something else is known now. */
  async changed(run: Run): Promise<Run> {
    await this.#restored();
    this.#runs = this.#runs.map((each) => (each.id === run.id ? run : each));
    return run;
  }

  /** @throws WorkerError when its classifier is not kept, or damaged */
  async activateRun(id: RunId): Promise<ClassifierSummary> {
    await this.#restored();
    const held = this.#ofRun(id);
    if (!held) throw new WorkerError({ code: "run/no-classifier" });
    await held.classifier();
    await this.#project.keepInUse({ run: id });
    this.#held = held;
    return held.summary;
  }

  /**
   * Takes a classifier from elsewhere into use, and keeps it with the project.
   * @throws WorkerError when it is damaged
   */
  async use(classifier: Classifier, summary = summaryOfFile(classifier)): Promise<ClassifierSummary> {
    refuseDamaged(classifier);
    await this.#restored();
    await this.#project.keepInUse({ classifier, summary });
    this.#held = ready({ classifier, summary });
    return summary;
  }

  /** null when there is none. */
  async summary(): Promise<ClassifierSummary | null> {
    await this.#restored();
    return this.#held?.summary ?? null;
  }

  /** @throws WorkerError when there is none, or it is damaged */
  async required(): Promise<OwnClassifier> {
    await this.#restored();
    const held = this.#held;
    if (!held) throw new WorkerError({ code: "classifier/none" });
    return { classifier: await held.classifier(), summary: held.summary };
  }

  #ofRun(id: RunId): Held | null {
    const run = this.#runs.find((each) => each.id === id);
    const summary = run && summaryOfRun(run);
    if (!summary) return null;
    let loading: Promise<Classifier> | null = null;
    const project = this.#project.id;
    const load = async () => {
      const classifier = await getRunClassifier(await this.#database(), project, id);
      if (!classifier) throw new StorageError({ code: "storage/classifier-incomplete", name: summary.name });
      refuseDamaged(classifier);
      return classifier;
    };
    return {
      summary,
      classifier() {
        loading ??= load();
        loading.catch(() => {
          loading = null;
        });
        return loading;
      },
    };
  }
}

function ready(own: OwnClassifier): Held {
  const { classifier } = own;
  let isChecked = false;
  return {
    summary: summaryInUse([], own) ?? own.summary,
    async classifier() {
      if (!isChecked) refuseDamaged(classifier);
      isChecked = true;
      return classifier;
    },
  };
}

/** Earlier versions kept classifiers without a look at their weights. @throws WorkerError when its answers would be no numbers */
function refuseDamaged({ name, network }: Classifier): void {
  try {
    checkWeights(network);
  } catch (error) {
    throw error instanceof NetworkError ? new WorkerError({ code: "classifier/damaged", name }) : error;
  }
}
