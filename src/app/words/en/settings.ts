/** The training settings. */
import type { SettingsCatalogue, SettingsText } from "../settings.ts";
import { list, typed } from "./language.ts";

const of: SettingsText = {
  inputSize: {
    label: "Input size",
    help: "Side of the photos that the base model is given, in pixels. Larger photos show more and take longer.",
  },
  solver: {
    label: "Solver",
    help: "How the head is fitted. Automatic is logistic regression where there are no hidden layers: it has no learning rate, batch size or optimizer, and chooses its L2 by cross-validation.",
    options: {
      automatic: { name: "Automatic", short: "automatic" },
      gradient: { name: "Gradient training", short: "gradient training" },
    },
  },
  epochs: { label: "Epochs", help: "Maximum number of passes over the training photos, or of the solver's steps." },
  patience: {
    label: "Patience",
    help: "Training stops after this many epochs in which what early stopping watches became no better.",
  },
  batchSize: {
    label: "Batch size",
    help: "Photos per step of the optimizer.",
    hint: "For gradient training",
  },
  learningRate: { label: "Learning rate", help: "Step size of the optimizer.", hint: "For gradient training" },
  optimizer: {
    label: "Optimizer",
    help: "The rule by which each step changes the weights.",
    options: {
      adam: { name: "Adam", short: "Adam" },
      adamw: { name: "AdamW", short: "AdamW" },
      sgd: { name: "SGD with momentum", short: "SGD" },
      rmsprop: { name: "RMSProp", short: "RMSProp" },
    },
  },
  schedule: {
    label: "Learning rate over time",
    help: "How the learning rate changes over the epochs.",
    options: {
      constant: { name: "Constant", short: "constant" },
      cosine: { name: "Cosine, down to 0", short: "cosine" },
      step: { name: "Steps: a tenth at 50 and 75 %", short: "in steps" },
    },
  },
  validationShare: {
    label: "Validation share",
    help: "Share of each class's photos that decides when to stop. They are not trained on.",
  },
  testShare: {
    label: "Test share",
    help: "Share of each class's photos that measures how good the result is. Training never sees them.",
  },
  pooling: {
    label: "Features",
    help: "What the head gets of the base model's feature map: its average, or all of it.",
    options: {
      average: { name: "Global average pooling", short: "averaged" },
      flatten: { name: "Flatten: keeps where things are", short: "flattened" },
    },
  },
  momentum: { label: "Momentum", help: "SGD only: share of the last step that the next one keeps." },
  weightDecay: {
    label: "Weight decay",
    help: "AdamW only: share of each weight that a step at learning rate 1 would take away.",
  },
  hiddenLayers: {
    label: "Hidden layers",
    help: "Units of each dense layer between the features and the classes.",
    hint: "Units of each, like 128, 64",
  },
  dropout: {
    label: "Dropout",
    help: "Share of each dense layer's inputs that is left out while training, against overfitting.",
    hint: "Share of inputs left out while training",
  },
  l2: {
    label: "L2",
    help: "Strength of the penalty on large weights, against overfitting; with 0, logistic regression chooses it.",
    hint: "Penalty on large weights; 0: chosen, or none",
  },
  labelSmoothing: {
    label: "Label smoothing",
    help: "Share of each target that is spread over all classes. Reduces overconfidence.",
    hint: "Reduces overconfidence",
  },
  augmentation: {
    label: "Augmentation",
    help: "Extra views of each training photo, not of others. Where a mirror image could be a photo as well, they help a little: on four sets of photos, mirror images gave 0.5 points more accuracy with 5 photos per class and 0.8 with 20. They harm where left and right tell classes apart, as with writing.",
    options: {
      none: { name: "None", short: "none" },
      flip: { name: "Mirror (2 views per photo)", short: "flip" },
      strong: { name: "Mirror, zoom and light (4 views per photo)", short: "strong" },
    },
  },
  fineTune: {
    label: "Fine-tune base layers",
    help: "Also trains the base model's last blocks, after the head.",
    wasOn: "Fine-tuned",
    note: "After the head, the last blocks of the base model are trained too, in small steps. This takes many times as long. It helps where your photos are unlike those that the base model was trained on.",
  },
  fineTuneBlocks: {
    label: "Blocks to fine-tune",
    help: "How many blocks of the base model are trained, from its end.",
    hint: ({ blocks }) => (blocks === null ? "From the end" : `Of ${typed(blocks)}, from the end`),
  },
  fineTuneEpochs: {
    label: "Fine-tuning epochs",
    help: "Maximum number of passes over the training photos while fine-tuning.",
  },
  fineTuneLearningRate: {
    label: "Fine-tuning learning rate",
    help: "Step size of the optimizer while fine-tuning.",
    hint: "Lower than the head's",
  },
  monitor: {
    label: "Early stopping watches",
    help: "What of the validation photos decides when to stop and which epoch is kept.",
    options: {
      loss: { name: "Validation loss", short: "the validation loss" },
      accuracy: { name: "Validation accuracy", short: "the validation accuracy" },
    },
  },
  warmUp: {
    label: "Warm-up",
    help: "How many epochs at the start early stopping does not watch.",
    hint: "Epochs that early stopping does not watch",
  },
  minDelta: {
    label: "Min delta",
    help: "What early stopping watches must become better by more than this to count as better.",
    hint: "Smallest gain that counts",
  },
  folds: {
    label: "Cross-validation folds",
    help: "Parts that are tested in turn, so that every photo is tested once; 0 turns it off.",
    hint: "Tests every photo once, in turn; 0: off",
  },
  seed: {
    label: "Seed",
    help: "Start of the random numbers for splits, initial weights, order and augmentation. The same seed gives the same result.",
    hint: "Same seed, same result",
  },
  balanceClasses: {
    label: "Let rare classes count as much as common ones",
    help: "Photos of rare classes weigh more, so that all classes weigh the same.",
    wasOn: "Rare classes count as much",
  },
  falseRejects: {
    label: "None of these",
    help: "Photos unlike all classes are answered with “None of these”. A higher share finds more of them, and turns away more photos of your own classes.",
    options: {
      off: { name: "Off: always one of the classes", short: "off" },
      "1": { name: "For 1 % of your own photos", short: "1 %" },
      "5": { name: "For 5 % of your own photos", short: "5 %" },
      "10": { name: "For 10 % of your own photos", short: "10 %" },
    },
  },
};

const catalogue: SettingsCatalogue = {
  of,
  values: {
    on: "on",
    off: "off",
    none: "none",
    own: "the base model's own",
    number: typed,
    numbers: (values) => values.map(typed).join(", "),
  },
  changed: (label, value) => `${label} ${value}`,
};

export const settings = {
  title: "Settings",
  more: "More settings",
  /** Beside the title while the settings are folded: those that differ from the ones that training begins with. */
  asTheyCome: "defaults",
  list,
  /** In the empty box of a list. */
  noNumbers: "none",
  ...catalogue,
};
