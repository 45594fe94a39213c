/** What can be chosen, for settings that are a choice. */

/** Extra views of each training photo. `none`: 0 extra; `flip`: its mirror image; `strong`: mirrored, zoomed, brighter and darker views. */
export const AUGMENTATIONS = ["none", "flip", "strong"] as const;
export type Augmentation = (typeof AUGMENTATIONS)[number];

/** `automatic`: logistic regression for a head without hidden layers, gradient training for others. */
export const SOLVERS = ["automatic", "gradient"] as const;
export type Solver = (typeof SOLVERS)[number];

/** What of the validation photos early stopping watches. */
export const MONITORS = ["loss", "accuracy"] as const;
export type Monitor = (typeof MONITORS)[number];

export const OPTIMIZERS = ["adam", "adamw", "sgd", "rmsprop"] as const;
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** How the learning rate goes over the epochs; see `learningRateAt`. */
export const SCHEDULES = ["constant", "cosine", "step"] as const;
export type Schedule = (typeof SCHEDULES)[number];

/** The share of photos of its own classes, in percent, that a classifier may take for none of them; `off`: it always answers with a class. */
export const FALSE_REJECTS = ["off", "1", "5", "10"] as const;
export type FalseRejects = (typeof FALSE_REJECTS)[number];

/** What becomes of the base model's feature map: its average over the places, or all of its numbers. */
export const POOLINGS = ["average", "flatten"] as const;
export type Pooling = (typeof POOLINGS)[number];
