/** Small groups of nodes that Keras has one name for. The last one has the name that was asked for, and gives the result. */
import type { ActivationNode, NetworkNode } from "../../network/network.ts";
import { scaleAndOffset } from "../../network/scaling.ts";

/** Where nodes go: the name of the result, what it is made from, and how many channels that has. */
export interface Place {
  readonly name: string;
  readonly input: string;
  readonly channels: number;
}

export function bare(name: string, op: ActivationNode["op"], input: string): NetworkNode {
  return { name, op, inputs: [input], attributes: {}, weights: {} };
}

export function multiply(name: string, ...inputs: string[]): NetworkNode {
  return { name, op: "Mul", inputs, attributes: {}, weights: {} };
}

export function addition(name: string, ...inputs: string[]): NetworkNode {
  return { name, op: "AddV2", inputs, attributes: {}, weights: {} };
}

/** x · sigmoid(x); Ramachandran et al. 2017, “Searching for Activation Functions”. */
export function silu({ name, input }: Place): NetworkNode[] {
  const gate = `${name}_sigmoid`;
  return [bare(gate, "Sigmoid", input), multiply(name, input, gate)];
}

/** slope · x + ½ between 0 and 1. */
export function hardSigmoid({ name, input, channels }: Place, slope: number): NetworkNode[] {
  const [shifted, limited] = [`${name}_shifted`, `${name}_limited`];
  return [
    scaleAndOffset(shifted, input, channels, 6 * slope, 3),
    bare(limited, "Relu6", shifted),
    scaleAndOffset(name, limited, channels, 1 / 6),
  ];
}

/** x · relu6(x + 3) / 6; Howard et al. 2019, “Searching for MobileNetV3”. */
export function hardSwish({ name, input, channels }: Place): NetworkNode[] {
  const [shifted, gate, product] = [`${name}_shifted`, `${name}_limited`, `${name}_product`];
  return [
    scaleAndOffset(shifted, input, channels, 1, 3),
    bare(gate, "Relu6", shifted),
    multiply(product, input, gate),
    scaleAndOffset(name, product, channels, 1 / 6),
  ];
}

/** ½x(1 + tanh(√(2/π)(x + 0.044715 x³))), with the tanh as a sigmoid; Hendrycks & Gimpel 2016, “Gaussian Error Linear Units”. */
export function geluByTanh({ name, input, channels }: Place): NetworkNode[] {
  const factor = 2 * Math.sqrt(2 / Math.PI);
  const [square, inner, argument, gate] = ["square", "inner", "argument", "sigmoid"].map(
    (part) => `${name}_${part}`,
  ) as [string, string, string, string];
  return [
    multiply(square, input, input),
    scaleAndOffset(inner, square, channels, 0.044715 * factor, factor),
    multiply(argument, input, inner),
    bare(gate, "Sigmoid", argument),
    multiply(name, input, gate),
  ];
}

/** α(eˣ − 1) below 0, x above, all of it times `scale`. */
export function elu({ name, input, channels }: Place, alpha: number, scale = 1): NetworkNode[] {
  if (alpha === 1 && scale === 1) return [bare(name, "Elu", input)];
  const [curve, curveShare, line, lineShare] = ["elu", "elu_share", "relu", "relu_share"].map(
    (part) => `${name}_${part}`,
  ) as [string, string, string, string];
  return [
    bare(curve, "Elu", input),
    scaleAndOffset(curveShare, curve, channels, alpha * scale),
    bare(line, "Relu", input),
    scaleAndOffset(lineShare, line, channels, (1 - alpha) * scale),
    addition(name, curveShare, lineShare),
  ];
}

/** Between 0 and `limit`. */
export function limitedRelu({ name, input, channels }: Place, limit: number): NetworkNode[] {
  if (limit === 6) return [bare(name, "Relu6", input)];
  const [narrow, limited] = [`${name}_narrow`, `${name}_limited`];
  return [
    scaleAndOffset(narrow, input, channels, 6 / limit),
    bare(limited, "Relu6", narrow),
    scaleAndOffset(name, limited, channels, limit / 6),
  ];
}

export function leakyRelu({ name, input }: Place, alpha: number): NetworkNode[] {
  return [{ name, op: "LeakyRelu", inputs: [input], attributes: { alpha }, weights: {} }];
}
