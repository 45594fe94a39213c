import type { EngineFault } from "../../../../worker/protocol/faults.ts";
import type { FaultWords } from "../../faults.ts";
import { backendNames } from "../engine.ts";
import { count } from "../language.ts";

export const engineFaults: FaultWords<EngineFault> = {
  "engine/no-backend": () =>
    "This browser runs neither WebGPU, WebGL nor WebAssembly. Use a current Chrome, Edge, Firefox or Safari.",
  "engine/backend-not-started": ({ backend }) =>
    `${backendNames[backend]} did not start in this browser. The engine goes on with what it used before.`,
  "engine/lost": () =>
    "The browser took the GPU away. Try again; if it happens often, choose WebAssembly in the engine settings.",
  "engine/diverged": ({ phase }) =>
    phase === "head"
      ? "The loss is no longer a number: the learning rate is too high. Lower it and train again."
      : "The loss is no longer a number: the fine-tuning learning rate is too high. Lower it and train again.",
  "engine/checkpoint-of-another-training": () =>
    "Training cannot go on from what was kept: it belongs to other photos or settings. Train from the start.",
  "engine/no-such-class": ({ label, classes }) =>
    `A photo has class number ${count(label + 1)}, but there are ${count(classes)} classes. Check the classes and train again.`,
  "engine/photo-unreadable": () => "A photo could not be read again while fine-tuning. Train again.",
  "engine/head-without-softmax": () => "A head must end in a softmax. Choose another model.",
  "engine/layer-not-trainable": ({ layer }) =>
    `“${layer}” is not a dense layer with a bias and with ReLU or no activation: it cannot be trained. Choose another model.`,
  "engine/node-not-tunable": ({ node, op }) =>
    `“${node}” (${op}) cannot be fine-tuned. Fine-tune fewer blocks, or train only the head.`,
  "engine/dilated-not-tunable": ({ node }) =>
    `“${node}” is a dilated convolution: it cannot be fine-tuned. Fine-tune fewer blocks, or train only the head.`,
  "engine/multiplied-channels-not-tunable": ({ node }) =>
    `“${node}” makes several channels from each: it cannot be fine-tuned. Fine-tune fewer blocks, or train only the head.`,
  "engine/node-not-runnable": ({ node, op }) =>
    `“${node}” is a ${op}, which the engine cannot run. Choose another model.`,
  "engine/incomplete-network": ({ node, lacks }) =>
    `“${node}” in the model has no ${lacks}: the model is damaged. Add it again.`,
  "engine/mobilenet-not-loaded": ({ host, reason }) =>
    `MobileNet could not be loaded from ${host} (${reason}). Choose another base model, or download its files some other way and add them as files.`,
  "engine/mobilenet-unreadable": () =>
    "MobileNet was loaded, but its weights could not be read. Choose another base model.",
};
