import type { Preprocessing } from "./model.ts";
import type { Conv2DNode, Network } from "./network.ts";

/**
 * A network that takes its input prepared as `given` and computes what `network` computes from input prepared as `own`.
 *
 * The difference is linear per channel, so that a 1×1 convolution in front makes it exact, zero padding of later layers
 * included. Sizes and crops are left as they are. Where nothing differs, the network is given back.
 */
export function bakePreprocessing(network: Network, own: Preprocessing, given: Preprocessing): Network {
  // given = pixel·gs + go, hence pixel = (given − go)/gs and own = pixel·s + o.
  const kernel = new Float32Array(9);
  const bias = new Float32Array(3);
  for (let channel = 0; channel < 3; channel++) {
    const source = own.channelOrder === given.channelOrder ? channel : 2 - channel;
    const factor = at(own.scale, channel) / at(given.scale, source);
    kernel[source * 3 + channel] = factor;
    bias[channel] = at(own.offset, channel) - at(given.offset, source) * factor;
  }
  if (isIdentity(kernel, bias)) return network;

  const front: Conv2DNode = {
    name: "preprocessing",
    op: "Conv2D",
    inputs: [network.input.name],
    attributes: { strides: [1, 1], padding: "VALID", dilations: [1, 1], activation: null },
    weights: { kernel: { shape: [1, 1, 3, 3], data: kernel }, bias: { shape: [3], data: bias } },
  };
  const behind = network.nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (name === network.input.name ? front.name : name)),
  }));
  return { ...network, nodes: [front, ...behind] };
}

function isIdentity(kernel: Float32Array, bias: Float32Array): boolean {
  const close = (value: number, wanted: number) => Math.abs(value - wanted) < 1e-7;
  return (
    kernel.every((value, index) => close(value, index % 4 === 0 ? 1 : 0)) && bias.every((value) => close(value, 0))
  );
}

function at(values: Preprocessing["scale"], channel: number): number {
  return values[channel] ?? 0;
}
