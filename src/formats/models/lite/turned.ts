/**
 * Kernels whose outputs run fastest, as here, with the outputs first, as TensorFlow Lite has them.
 * @param outputs how many there are
 */
export function turned(kernel: Float32Array, outputs: number): Float32Array {
  const each = kernel.length / outputs;
  const result = new Float32Array(kernel.length);
  // A plain loop: there may be a hundred million.
  for (let output = 0; output < outputs; output++) {
    for (let at = 0; at < each; at++) result[output * each + at] = kernel[at * outputs + output] as number;
  }
  return result;
}
