import type { NetworkFault } from "../../../../network/errors.ts";
import type { FaultWords } from "../../faults.ts";
import { count } from "../language.ts";

/** “Node “stem” (Conv2D)” */
const node = (fault: { readonly node: string; readonly op: string }) => `Node “${fault.node}” (${fault.op})`;
const AGAIN = "Export the model again, or choose another one.";

export const networkFaults: FaultWords<NetworkFault> = {
  "network/input-shape": ({ input, shape }) => `The input “${input}” cannot be [${shape}]. ${AGAIN}`,
  "network/not-these-photos": ({ shape, photo }) => `The model takes [${shape}], not photos as [${photo}]. ${AGAIN}`,
  "network/class-count": ({ classes, shape }) =>
    `The model has ${count(classes)} class names, but gives [${shape}] numbers. ${AGAIN}`,
  "network/no-embedding": (fault) =>
    `The model tells photos of other things by what goes into “${fault.node}”, which is not as it says. ${AGAIN}`,
  "network/no-output": ({ output }) => `The output “${output}” is not a node of the network. ${AGAIN}`,
  "network/same-name": (fault) => `Two nodes are named “${fault.node}”. ${AGAIN}`,
  "network/not-a-number": (fault) =>
    `The ${fault.part} of “${fault.node}” holds values that are not numbers: the file is damaged. ${AGAIN}`,
  "network/negative-variance": (fault) => `“${fault.node}” holds a variance below zero: the file is damaged. ${AGAIN}`,
  "network/too-many-nodes": ({ most }) =>
    `The model has more than ${count(most)} operations, far more than any that classifies photos. Choose a smaller one.`,
  "network/too-many-weights": ({ most }) =>
    `The model has more than ${count(most)} weights, more than a browser can hold. Choose a smaller one.`,
  "network/too-slow": ({ steps, most }) =>
    `One photo would take the model ${count(steps)} steps of arithmetic; the most is ${count(most)}. Choose a smaller one.`,
  "network/no-feature-map": ({ network }) =>
    `“${network}” has no feature map to take embeddings from. Choose a base model with convolutions before its classifier.`,
  "network/unknown-source": (fault) =>
    `${node(fault)} takes from “${fault.source}”, which does not come before it. ${AGAIN}`,
  "network/no-input": (fault) => `${node(fault)} has no input. ${AGAIN}`,
  "network/result-shape": (fault) => `${node(fault)} would give [${fault.shape}], which cannot be. ${AGAIN}`,
  "network/channels": (fault) =>
    `${node(fault)} does not fit: its kernel takes ${fault.kernel} channels, its input has ${fault.input}. ${AGAIN}`,
  "network/features": (fault) =>
    `${node(fault)} does not fit: it takes ${fault.kernel} features, its input is [${fault.input}]. ${AGAIN}`,
  "network/part-length": (fault) =>
    `${node(fault)} does not fit: its ${fault.part} holds ${fault.length} numbers, not ${fault.expected}. ${AGAIN}`,
  "network/kernel-shape": (fault) => `${node(fault)} does not fit: its kernel has the shape [${fault.shape}]. ${AGAIN}`,
  "network/kernel-length": (fault) =>
    `${node(fault)} does not fit: its kernel [${fault.shape}] holds ${fault.length} numbers. ${AGAIN}`,
  "network/epsilon": (fault) => `${node(fault)} does not fit: its epsilon is ${fault.epsilon}. ${AGAIN}`,
  "network/padding": (fault) => `${node(fault)} does not fit: it cannot pad by [${fault.sides}]. ${AGAIN}`,
  "network/reshape": (fault) =>
    `${node(fault)} does not fit: it cannot turn [${fault.from}] into [${fault.to}]. ${AGAIN}`,
  "network/add": (fault) =>
    `${node(fault)} does not fit: its inputs [${fault.first}] and [${fault.other}] differ. ${AGAIN}`,
  "network/multiply": (fault) =>
    `${node(fault)} does not fit: its inputs [${fault.first}] and [${fault.other}] cannot be multiplied. ${AGAIN}`,
  "network/crop": (fault) =>
    `${node(fault)} does not fit: it cannot take [${fault.sides}] away from [${fault.from}]. ${AGAIN}`,
  "network/slope": (fault) => `${node(fault)} does not fit: its slope is ${fault.slope}. ${AGAIN}`,
  "network/part-shape": (fault) =>
    `${node(fault)} does not fit: its ${fault.part} is [${fault.shape}], its input [${fault.input}]. ${AGAIN}`,
  "network/join": (fault) =>
    `${node(fault)} does not fit: its inputs [${fault.first}] and [${fault.other}] cannot be joined. ${AGAIN}`,
  "network/window": (fault) =>
    `${node(fault)} does not fit: its window, strides and dilations must be whole numbers from 1 to 2,048. ${AGAIN}`,
  "network/pool-window": (fault) =>
    `${node(fault)} does not fit: its window [${fault.window}] is far larger than its input [${fault.input}]. ${AGAIN}`,
  "network/not-a-map": (fault) =>
    `${node(fault)} needs a [height, width, channels] input, not [${fault.shape}]. ${AGAIN}`,
};
