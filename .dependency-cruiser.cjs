/** Who may import whom. Each room lists what it may see; anything else is an error. */
const rooms = {
  errors: [],
  network: ["errors"],
  dataset: ["errors", "network"],
  training: ["errors", "network", "dataset"],
  evaluation: ["errors", "dataset", "training"],
  project: ["errors", "network", "dataset", "training", "evaluation"],
  formats: ["errors", "network", "dataset", "training", "evaluation", "project"],
  engine: ["errors", "network", "dataset", "training", "evaluation"],
  storage: ["errors", "network", "dataset", "training", "evaluation", "project"],
  offline: ["errors"],
  worker: [
    "errors",
    "offline",
    "engine",
    "formats",
    "storage",
    "network",
    "dataset",
    "training",
    "evaluation",
    "project",
  ],
  app: ["errors", "worker", "offline", "network", "dataset", "training", "evaluation", "project"],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `${room}-imports`,
  comment: `${room} may import ${allowed.length ? allowed.join(", ") : "no other room"}`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: "only-engine-knows-tensorflow",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/engine/" },
      to: { path: "node_modules/@tensorflow" },
    },
    {
      name: "pure-rooms-know-no-library-of-the-page",
      severity: "error",
      from: { path: "^src/(errors|network|dataset|training|evaluation|project)/" },
      to: { dependencyTypes: ["npm"] },
    },
    {
      name: "page-sees-the-door-only",
      comment: "The app imports the worker's client and protocol, nothing behind them",
      severity: "error",
      from: { path: "^src/app/" },
      to: { path: "^src/worker/", pathNot: "^src/worker/(client\\.ts|protocol/.*)$" },
    },
    {
      name: "page-sees-its-side-of-the-service-worker",
      comment: "The app imports the service worker's client and faults, not what runs in it",
      severity: "error",
      from: { path: "^src/app/" },
      to: { path: "^src/offline/", pathNot: "^src/offline/(client|errors)\\.ts$" },
    },
    {
      name: "worker-sees-the-policy",
      comment: "Of the offline room, the worker imports what may be fetched",
      severity: "error",
      from: { path: "^src/worker/" },
      to: { path: "^src/offline/", pathNot: "^src/offline/policy\\.ts$" },
    },
    {
      name: "no-cycles",
      comment: "Types may refer to each other; what runs may not",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "sources-know-no-tests",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^(tests|bench|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".mjs"] },
  },
};
