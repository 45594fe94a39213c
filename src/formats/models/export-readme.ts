/** The README of an export. Like the programs in it, it is in English whatever the page's language is. */
import type { ExportFormat } from "../../network/exports.ts";
import type { Classifier } from "../../network/model.ts";
import { EXPORT_PROGRAMS, takesPixels } from "./export-programs.ts";

export function exportReadme(format: ExportFormat, classifier: Classifier, samples: number): string {
  const { name, classNames, preprocessing } = classifier;
  const { height, width, crop } = preprocessing;
  const program = EXPORT_PROGRAMS[format];
  const photo =
    crop === "center" ? "the largest centred part of the photo that has this shape" : "the whole photo, stretched";
  const numbers = takesPixels(format)
    ? "red, green and blue from 0 to 255, as they are: the model scales them itself"
    : "scaled as preprocess.json says: number = pixel * scale + offset, per channel";
  return `# ${name}

An image classifier, made with Headstart.

- Input: \`[photos, ${height}, ${width}, 3]\`, ${photo}; ${numbers}.
- Output: \`[photos, ${classNames.length}]\` probabilities, in the order of labels.txt.
- preprocess.json says how a photo is cut and scaled; samples.json gives the probabilities of the pictures in samples.
${program && samples ? programOf(program, classifier) : ""}`;
}

function programOf(program: NonNullable<(typeof EXPORT_PROGRAMS)[ExportFormat]>, classifier: Classifier): string {
  return `
This program classifies the samples and compares its answers with samples.json. ${program.howToRun}

\`\`\`${program.language}
${program.code(classifier)}
\`\`\`
`;
}
