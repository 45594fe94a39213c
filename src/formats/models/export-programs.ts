/** Short programs that use an export and check it against its samples, one for each format that has a usual reader. */
import type { ExportFormat } from "../../network/exports.ts";
import type { Classifier } from "../../network/model.ts";

interface ExportProgram {
  readonly language: "python" | "html";
  readonly howToRun: string;
  code(classifier: Classifier): string;
}

/** Formats whose model has the scaling and the order of the channels in it. */
export function takesPixels(format: ExportFormat): boolean {
  return format !== "tfjs" && format !== "teachable-machine";
}

const IN_PYTHON = (packages: string) =>
  `Save it here as check.py, then: \`pip install ${packages}\` and \`python check.py\`.`;
const IN_A_PAGE =
  "Save it here as index.html, run `python -m http.server` in this folder, and open http://localhost:8000 in a browser.";

export const EXPORT_PROGRAMS: Partial<Readonly<Record<ExportFormat, ExportProgram>>> = {
  keras: {
    language: "python",
    howToRun: IN_PYTHON("keras tensorflow pillow"),
    code: (classifier) => kerasProgram(classifier, "model.keras"),
  },
  "keras-h5": {
    language: "python",
    howToRun: IN_PYTHON("keras tensorflow pillow"),
    code: (classifier) => kerasProgram(classifier, "model.h5"),
  },
  onnx: {
    language: "python",
    howToRun: IN_PYTHON("onnxruntime pillow"),
    code: (classifier) =>
      pythonProgram(classifier, {
        imports: "import onnxruntime",
        load: 'model = onnxruntime.InferenceSession("model.onnx")',
        run: 'found = model.run(None, {"photos": np.asarray(photo, "uint8")[None]})[0][0]',
      }),
  },
  tflite: {
    language: "python",
    howToRun: IN_PYTHON("ai-edge-litert pillow"),
    code: (classifier) => liteProgram(classifier),
  },
  "tflite-float16": {
    language: "python",
    howToRun: IN_PYTHON("ai-edge-litert pillow"),
    code: (classifier) => liteProgram(classifier, 5e-3),
  },
  tfjs: { language: "html", howToRun: IN_A_PAGE, code: tfjsProgram },
  "teachable-machine": { language: "html", howToRun: IN_A_PAGE, code: teachableMachineProgram },
};

function kerasProgram(classifier: Classifier, file: string): string {
  return pythonProgram(classifier, {
    imports: "import keras",
    load: `model = keras.saving.load_model("${file}", compile=False)`,
    run: 'found = model.predict(np.asarray(photo, "float32")[None], verbose=0)[0]',
  });
}

function liteProgram(classifier: Classifier, tolerance?: number): string {
  return pythonProgram(
    classifier,
    {
      imports: "from ai_edge_litert.interpreter import Interpreter",
      load: `model = Interpreter("model.tflite")
model.allocate_tensors()`,
      run: `model.set_tensor(model.get_input_details()[0]["index"], np.asarray(photo, "float32")[None])
    model.invoke()
    found = model.get_tensor(model.get_output_details()[0]["index"])[0]`,
    },
    tolerance,
  );
}

interface PythonParts {
  readonly imports: string;
  readonly load: string;
  readonly run: string;
}

/** @param tolerance largest difference of probabilities */
function pythonProgram({ preprocessing }: Classifier, { imports, load, run }: PythonParts, tolerance = 1e-3): string {
  const { height, width, crop } = preprocessing;
  const fitted =
    crop === "center" ? `ImageOps.fit(photo, (${width}, ${height}))` : `photo.resize((${width}, ${height}))`;
  return `import json
${imports}
import numpy as np
from PIL import Image, ImageOps

labels = open("labels.txt", encoding="utf-8").read().splitlines()
${load}
for sample in json.load(open("samples.json")):
    photo = ImageOps.exif_transpose(Image.open(sample["file"])).convert("RGB")
    photo = ${fitted}
    ${run}
    assert abs(found - sample["probabilities"]).max() < ${tolerance}, sample["file"]
    print(f"{sample['file']}: {labels[found.argmax()]} {found.max():.1%}")`;
}

const TFJS = "https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js";
const TEACHABLE_MACHINE =
  "https://cdn.jsdelivr.net/npm/@teachablemachine/image@0.8.5/dist/teachablemachine-image.min.js";

function tfjsProgram({ preprocessing }: Classifier): string {
  const { height, width, channelOrder, scale, offset } = preprocessing;
  return pageProgram([TFJS], {
    load: 'const model = await tf.loadLayersModel("model.json");',
    run: `let pixels = tf.image.resizeBilinear(tf.browser.fromPixels(photo), [${height}, ${width}]);${
      channelOrder === "BGR" ? "\n    pixels = pixels.reverse(2);" : ""
    }
    const input = pixels.mul([${scale}]).add([${offset}]).expandDims();
    const found = await model.predict(input).data();`,
  });
}

function teachableMachineProgram(): string {
  return pageProgram([TFJS, TEACHABLE_MACHINE], {
    load: 'const model = await tmImage.load("model.json", "metadata.json");',
    run: "const found = (await model.predict(photo)).map(({ probability }) => probability);",
  });
}

function pageProgram(scripts: readonly string[], { load, run }: Pick<PythonParts, "load" | "run">): string {
  return `<!doctype html>
${scripts.map((address) => `<script src="${address}"></script>`).join("\n")}
<script type="module">
  const labels = (await (await fetch("labels.txt")).text()).trimEnd().split("\\n");
  ${load}
  for (const { file, probabilities } of await (await fetch("samples.json")).json()) {
    const photo = Object.assign(new Image(), { src: file });
    await photo.decode();
    ${run}
    const difference = Math.max(...probabilities.map((value, at) => Math.abs(value - found[at])));
    const best = found.indexOf(Math.max(...found));
    const line = \`\${file}: \${labels[best]} (\${difference < 1e-3 ? "as expected" : "NOT as expected"})\`;
    document.body.append(line, document.createElement("br"));
  }
</script>`;
}
