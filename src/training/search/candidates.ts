/** What a search for better settings tries. */
import { createRandom } from "../../dataset/random.ts";
import { DEFAULT_SETTINGS, isSolved, SETTING_NAMES, type SettingName, type TrainingSettings } from "../settings.ts";

/** Settings to train with, and on which base model. */
export interface Candidate {
  readonly settings: TrainingSettings;
  readonly baseModelId: string;
}

export interface SearchGround {
  /** What the search begins with, and compares everything with. */
  readonly from: Candidate;
  /** Base models besides that one. */
  readonly otherBases: readonly string[];
  /** Whether the largest class has half as many photos again as the smallest, or more. */
  readonly isUneven: boolean;
  /** How many candidates there are to be, with the first. */
  readonly most: number;
}

type Head = Partial<
  Pick<
    TrainingSettings,
    "solver" | "hiddenLayers" | "dropout" | "l2" | "learningRate" | "batchSize" | "labelSmoothing" | "balanceClasses"
  >
>;

const PLAIN = {
  solver: DEFAULT_SETTINGS.solver,
  hiddenLayers: DEFAULT_SETTINGS.hiddenLayers,
  dropout: DEFAULT_SETTINGS.dropout,
  l2: DEFAULT_SETTINGS.l2,
  learningRate: DEFAULT_SETTINGS.learningRate,
  batchSize: DEFAULT_SETTINGS.batchSize,
  labelSmoothing: DEFAULT_SETTINGS.labelSmoothing,
} satisfies Head;

/** Larger batches take fewer steps an epoch, and most of a step's time does not depend on their size. */
const BY_GRADIENT = { solver: "gradient", batchSize: 32, learningRate: 0.002 } satisfies Head;

/** Heads that suit some photo sets, each of another kind: they are tried before any that are drawn. */
const KNOWN: readonly Head[] = [
  {},
  { l2: 0.1 },
  { l2: 0.01 },
  { ...BY_GRADIENT, labelSmoothing: 0.1 },
  { ...BY_GRADIENT, hiddenLayers: [128], dropout: 0.3 },
  { l2: 1 },
  { ...BY_GRADIENT, hiddenLayers: [256], dropout: 0.5, labelSmoothing: 0.1 },
  { ...BY_GRADIENT, learningRate: 0.0005, l2: 0.001 },
];

const WIDTHS = [32, 64, 128, 256, 512];
const SHARES_DROPPED = [0, 0.2, 0.4, 0.6];
const SMOOTHINGS = [0, 0.05, 0.1, 0.2];
/** Powers of ten that a learning rate and a penalty are drawn between. */
const RATES = { from: -4, to: -2 } as const;
const GRADIENT_PENALTIES = { from: -6, to: -2 } as const;
const SOLVED_PENALTIES = { from: -4, to: 0 } as const;
/** Draws in a row that gave what is there already. */
const MOST_REPEATED = 20;

/**
 * The candidates, none twice, the one that the search begins with first. Of the rest, first known heads, among them the
 * default one, then each other base model with the settings of the start, then heads that are drawn from its seed. What is
 * not of the head (photos, splits, augmentation, early stopping) stays as it is; fine-tuning is not searched.
 */
export function candidatesFor({ from, otherBases, isUneven, most }: SearchGround): readonly Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (candidate: Candidate): boolean => {
    const key = keyOf(candidate);
    if (found.has(key) || found.size >= most) return false;
    found.set(key, candidate);
    return true;
  };
  const withHead = (head: Head): Candidate => ({ ...from, settings: { ...from.settings, ...PLAIN, ...head } });
  add(from);
  if (isUneven) add({ ...from, settings: { ...from.settings, balanceClasses: !from.settings.balanceClasses } });
  const [first = {}, ...others] = KNOWN;
  add(withHead(first));
  for (const id of otherBases) add({ baseModelId: id, settings: { ...from.settings, inputSize: null } });
  for (const head of others) add(withHead(head));
  const random = createRandom(from.settings.seed);
  for (let repeated = 0; repeated < MOST_REPEATED && found.size < most; ) {
    repeated = add(withHead(drawn(random, isUneven))) ? 0 : repeated + 1;
  }
  return [...found.values()];
}

/** The settings in which a candidate differs from another, and that mean something for it. */
export function changedFrom(from: Candidate, { settings }: Candidate): SettingName[] {
  return SETTING_NAMES.filter((name) => String(settings[name]) !== String(from.settings[name]));
}

function drawn(random: () => number, isUneven: boolean): Head {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const between = ({ from, to }: { from: number; to: number }) =>
    Number((10 ** (from + (to - from) * random())).toPrecision(1));
  const balance = isUneven ? { balanceClasses: random() < 0.5 } : {};
  const kind = random();
  if (kind < 0.25) return { ...balance, l2: between(SOLVED_PENALTIES) };
  return {
    ...balance,
    ...BY_GRADIENT,
    hiddenLayers: kind < 0.75 ? [pick(WIDTHS)] : [],
    dropout: pick(SHARES_DROPPED),
    learningRate: between(RATES),
    l2: random() < 0.5 ? 0 : between(GRADIENT_PENALTIES),
    labelSmoothing: pick(SMOOTHINGS),
  };
}

/** The same for candidates that come to the same head. */
function keyOf({ baseModelId, settings }: Candidate): string {
  const { learningRate, batchSize, dropout, labelSmoothing, ...others } = settings;
  const ofGradient = isSolved(settings) ? [] : [learningRate, batchSize, dropout, labelSmoothing];
  const solver = isSolved(settings) ? settings.solver : "gradient";
  return JSON.stringify([baseModelId, { ...others, solver }, ofGradient]);
}
