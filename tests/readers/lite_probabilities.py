"""What TensorFlow Lite's own interpreter gives for models that Headstart wrote; asked by tests/unit/formats/lite-readers.test.ts.

    python -m pip install ai-edge-litert numpy
    python tests/readers/lite_probabilities.py FOLDER

FOLDER has models, NAME.tflite, and for each the photos NAME.bytes: bytes of [photos, height, width, 3], red, green and blue.
Prints JSON: for each name the answers to its photos and the labels in the file. Ends with 3 where ai-edge-litert is missing.
"""

import json
import pathlib
import sys
import zipfile

try:
    import numpy as np
    from ai_edge_litert.interpreter import Interpreter
except ImportError as missing:
    print(f"SKIPPED: TensorFlow Lite's interpreter reads nothing, since {missing.name} is not installed.", file=sys.stderr)
    sys.exit(3)

answers = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.tflite")):
    model = Interpreter(str(path), num_threads=1)
    model.allocate_tensors()
    [given], [result] = model.get_input_details(), model.get_output_details()
    photos = np.frombuffer(path.with_suffix(".bytes").read_bytes(), np.uint8).reshape(-1, *given["shape"][1:])
    rows = []
    for photo in photos:
        model.set_tensor(given["index"], photo[None].astype(given["dtype"]))
        model.invoke()
        rows.append([float(value) for value in model.get_tensor(result["index"])[0]])
    with zipfile.ZipFile(path) as files:
        labels = files.read("labels.txt").decode().splitlines()
    answers[path.stem] = {"answers": rows, "labels": labels}
json.dump(answers, sys.stdout)
