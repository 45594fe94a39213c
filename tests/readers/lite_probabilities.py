"""What TensorFlow Lite's own interpreter gives for models that Headstart wrote; asked by tests/unit/formats/lite-write.test.ts.

    python -m pip install ai-edge-litert numpy mediapipe
    python tests/readers/lite_probabilities.py FOLDER

FOLDER has models, NAME.tflite, and for each the photos NAME.bytes: bytes of [photos, height, width, 3], red, green and blue.
Prints JSON: for each name the answers to its photos, the labels in the file, and the scores by label that MediaPipe's image
classifier gives the first photo, null where mediapipe is missing. Ends with 3 where ai-edge-litert is missing.
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
try:
    import mediapipe
    from mediapipe.tasks.python import BaseOptions, vision
except ImportError:
    mediapipe = None
    print("SKIPPED: MediaPipe reads nothing, since mediapipe is not installed.", file=sys.stderr)


def media_pipe(path: pathlib.Path, photo: "np.ndarray") -> dict[str, float] | None:
    """As a program that knows nothing of the model but its file."""
    if mediapipe is None:
        return None
    options = vision.ImageClassifierOptions(base_options=BaseOptions(model_asset_path=str(path)))
    with vision.ImageClassifier.create_from_options(options) as classifier:
        image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(photo))
        [found] = classifier.classify(image).classifications
    return {category.category_name: category.score for category in found.categories}


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
    answers[path.stem] = {"answers": rows, "labels": labels, "mediaPipe": media_pipe(path, photos[0])}
json.dump(answers, sys.stdout)
