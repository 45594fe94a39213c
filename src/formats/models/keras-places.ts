/** Where Keras 3's weight files keep a layer. */

/** Numbers the layers of a model by their classes: `conv2d`, `conv2d_1`, … */
export function createPlaces(path: string): (layer: { readonly class_name: string }) => string {
  const counts = new Map<string, number>();
  return ({ class_name }) => {
    const kind = snakeCase(class_name);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return `${path}${count ? `${kind}_${count}` : kind}`;
  };
}

/** Agrees with Keras's `to_snake_case`: `DepthwiseConv2D` → `depthwise_conv2d`. */
function snakeCase(name: string): string {
  return name
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}
