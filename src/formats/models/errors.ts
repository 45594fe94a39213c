/** What can be wrong with a model's files. */
import type { NetworkFault } from "../../network/errors.ts";
import type { FormatFault } from "../errors.ts";
import type { FieldProblem } from "../field-problem.ts";

export type ModelFault = ModelFilesFault | Hdf5Fault | KerasFault | TfjsFault | GraphFault;

export type ModelFilesFault =
  | { readonly code: "model/none"; readonly files: readonly string[] }
  | { readonly code: "model/weights-alone" }
  | { readonly code: "model/git-lfs"; readonly file: string }
  | { readonly code: "model/web-page"; readonly file: string }
  /** `kind` is the name of what others read. */
  | { readonly code: "model/other-kind"; readonly file: string; readonly kind: string }
  /** A part of a model that several files make. */
  | {
      readonly code: "model/in-file";
      readonly file: string;
      readonly problem: FormatFault;
    }
  | { readonly code: "model/network"; readonly problem: NetworkFault }
  /** `message` is the JavaScript engine's. */
  | { readonly code: "model/exhausting"; readonly message: string }
  | { readonly code: "model/weight-file-missing"; readonly file: string }
  | { readonly code: "model/weight-file-twice" }
  | { readonly code: "model/too-many-shards"; readonly shards: number; readonly most: number }
  | {
      readonly code: "model/description-too-long";
      readonly file: string;
      readonly bytes: number;
      readonly most: number;
    }
  | { readonly code: "model/too-many-arrays"; readonly most: number }
  | { readonly code: "model/too-many-bytes"; readonly bytes: number; readonly most: number }
  /** `packed` is the size of the files as they were given. */
  | { readonly code: "model/unpacks-to-too-much"; readonly bytes: number; readonly packed: number }
  | { readonly code: "model/too-many-files"; readonly files: number; readonly most: number }
  | { readonly code: "teachable-machine/grey" }
  | { readonly code: "teachable-machine/pose" }
  | { readonly code: "teachable-machine/sound" }
  | { readonly code: "teachable-machine/operation"; readonly node: string; readonly op: string }
  | { readonly code: "model/not-for-photos"; readonly shape: readonly number[] }
  | { readonly code: "model/photos-too-large"; readonly width: number; readonly height: number; readonly most: number };

/** `array` is a path in the file. */
export type Hdf5Fault =
  | { readonly code: "hdf5/unreadable" }
  | { readonly code: "hdf5/cut-short"; readonly bytes: number; readonly expected: number }
  /** @property byte where it cannot be as it is */
  | { readonly code: "hdf5/damaged"; readonly byte: number }
  /** @property feature as HDF5's specification calls it */
  | { readonly code: "hdf5/unsupported"; readonly feature: string }
  | { readonly code: "hdf5/too-many-parts"; readonly most: number }
  /** `most` in bytes. */
  | { readonly code: "hdf5/unpacks-to-too-much"; readonly most: number }
  | { readonly code: "hdf5/too-much-text"; readonly most: number }
  | { readonly code: "hdf5/no-array"; readonly array: string }
  | { readonly code: "hdf5/not-float32"; readonly array: string; readonly type: string }
  | { readonly code: "hdf5/beyond-end"; readonly array: string; readonly bytes: number };

export type KerasFault =
  | KerasLayerFault
  | { readonly code: "keras/weights-alone"; readonly known: readonly string[] }
  | { readonly code: "keras/no-weights" }
  | { readonly code: "keras/no-description" }
  | { readonly code: "keras/damaged-description" }
  | { readonly code: "keras/no-layers" }
  | { readonly code: "keras/several-ends"; readonly model: string }
  | { readonly code: "keras/too-many-layers"; readonly most: number }
  | { readonly code: "keras/too-deep"; readonly most: number }
  | { readonly code: "keras/misfit"; readonly architecture: string; readonly misfit: LayerMisfit };

/** `layer` is the layer's name, `type` its class. */
export type KerasLayerFault =
  | {
      readonly code: "keras/unknown-layer";
      readonly layer: string;
      readonly type: string;
      readonly known: readonly string[];
    }
  | ({ readonly code: "keras/field"; readonly layer: string; readonly type: string } & FieldProblem)
  | { readonly code: "keras/axis"; readonly layer: string; readonly type: string; readonly axis: number }
  | { readonly code: "keras/activation"; readonly layer: string; readonly type: string; readonly activation: string }
  | { readonly code: "keras/relu-threshold"; readonly layer: string }
  | { readonly code: "keras/operation"; readonly layer: string; readonly type: string; readonly operation: string }
  | {
      readonly code: "keras/resizing";
      readonly layer: string;
      readonly type: string;
      readonly from: readonly number[];
      readonly to: readonly number[];
    }
  | { readonly code: "keras/no-call"; readonly layer: string; readonly type: string }
  | { readonly code: "keras/shared-layer"; readonly layer: string }
  | { readonly code: "keras/unknown-source"; readonly layer: string; readonly source: string }
  | { readonly code: "keras/second-input"; readonly layer: string }
  | { readonly code: "keras/open-size"; readonly layer: string }
  | { readonly code: "keras/layer-missing"; readonly layer: string }
  | { readonly code: "keras/array-missing"; readonly layer: string; readonly array: string }
  | { readonly code: "keras/part-missing"; readonly layer: string; readonly part: string };

/** Where a file of weights differs from the architecture that it looks like. */
export type LayerMisfit =
  | { readonly kind: "missing"; readonly layer: string }
  | { readonly kind: "arrays"; readonly layer: string; readonly found: number; readonly expected: number }
  | {
      readonly kind: "shape";
      readonly layer: string;
      readonly part: string;
      readonly found: readonly number[];
      readonly expected: readonly number[];
    };

export type TfjsFault =
  | ({ readonly code: "tfjs/layers-model" } & FieldProblem)
  | ({ readonly code: "tfjs/graph-model" } & FieldProblem)
  | ({ readonly code: "tfjs/classifier" } & FieldProblem)
  | { readonly code: "tfjs/part-missing"; readonly layer: string; readonly part: string }
  /** Of the weights' bytes, those from `start` to `end` were to be read. */
  | {
      readonly code: "tfjs/weights-cut-short";
      readonly weight: string;
      readonly bytes: number;
      readonly start: number;
      readonly end: number;
    }
  | { readonly code: "tfjs/weights-left-over"; readonly bytes: number };

/** `op` is TensorFlow's name of the operation. */
export type GraphFault =
  | GraphNodeFault
  | { readonly code: "graph/ends" }
  | { readonly code: "graph/too-many-nodes"; readonly nodes: number; readonly most: number }
  | { readonly code: "graph/circle"; readonly node: string }
  | { readonly code: "graph/no-image"; readonly source: string }
  | { readonly code: "graph/weight-missing"; readonly weight: string }
  /** Of a file that is no JSON; where it cannot be as it is. */
  | { readonly code: "graph/damaged-file"; readonly byte: number }
  /** @property type of its numbers, as the format counts them */
  | { readonly code: "graph/tensor-type"; readonly tensor: string; readonly type: number }
  /** `bytes` of the file that should hold the tensor. */
  | { readonly code: "graph/beyond-end"; readonly tensor: string; readonly bytes: number };

export type GraphNodeFault = GraphNodeProblem & { readonly node: string; readonly op: string };

export type GraphNodeProblem =
  | {
      readonly code:
        | "graph/unknown-operation"
        | "graph/statistics"
        | "graph/bias"
        | "graph/combination"
        | "graph/scaling"
        | "graph/second-input"
        | "graph/open-size";
    }
  /** @property what of the operation, as the format calls it */
  | { readonly code: "graph/form"; readonly what: string }
  | { readonly code: "graph/source"; readonly source: string }
  | { readonly code: "graph/axes"; readonly axes: readonly number[] }
  | { readonly code: "graph/fused"; readonly activation: string }
  | { readonly code: "graph/not-constant"; readonly source: string }
  | { readonly code: "graph/attribute"; readonly attribute: string }
  | { readonly code: "graph/no-attribute"; readonly attribute: string }
  | { readonly code: "graph/padding"; readonly padding: string };
