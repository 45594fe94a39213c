/** Sentences stand in `src/app/words` only. What looks like one anywhere else is reported with its place. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const SOURCES = fileURLToPath(new URL("../../../src", import.meta.url));
/** What may stand outside the catalogue, and why. */
const ALLOWED: readonly { readonly file: string; readonly text: RegExp; readonly because: string }[] = [
  { file: "app/shell/Places.tsx", text: /^Headstart$/, because: "the app's name is the same in every language" },
  {
    file: "formats/models/lite/written-metadata.ts",
    text: /^Red, green and blue of each pixel|^Of each class, 0 to 1\.$|^The classes\.$|^An image classifier\.$/,
    because: "it is in an exported file for developers",
  },
  {
    file: "formats/models/export-readme.ts",
    text: /^This program classifies the samples/,
    because: "it is in an exported file, README.md, which is for developers and does not depend on the page's language",
  },
  {
    file: "formats/models/export-programs.ts",
    text: /^Save it here as /,
    because: "it is in an exported file for developers, as the one before",
  },
];

/** Attributes that people see or hear, and properties and fields of that name. */
const SHOWN = new Set(["aria-label", "aria-valuetext", "title", "placeholder", "alt", "label", "text", "help"]);

/**
 * What a source shows without asking the catalogue:
 * text between tags; texts given to what is shown; and texts of three words or more that begin with a capital or end with a
 * full stop. A value in a template counts as a word with a capital. At least two of the words must be plain ones, so that
 * the path of a drawing is no sentence.
 */
function escapesOf(fileName: string, text: string): string[] {
  const source = ts.createSourceFile(fileName, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const report = (node: ts.Node, what: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${fileName}:${line + 1}: ${what.replace(/\s+/g, " ").trim()}`);
  };
  const visit = (node: ts.Node): void => {
    if (isForMachine(node)) return;
    if (isUncodedError(node)) {
      report(node, node.getText());
      return;
    }
    if (ts.isJsxText(node)) {
      if (/\p{L}/u.test(node.text)) report(node, node.text);
    } else if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const content = contentOf(node);
      if (looksLikeSentence(content) || (isShown(node) && /\p{L}/u.test(wordsOf(node)))) report(node, content);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * Imports, types and class names; and the messages of errors that only a mistake in the code can cause, which are for
 * developers: to a person, the page says that something unexpected went wrong.
 */
function isForMachine(node: ts.Node): boolean {
  if (ts.isNewExpression(node) && ["RangeError", "TypeError"].includes(node.expression.getText())) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  return ts.isJsxAttribute(node) && nameOf(node) === "className";
}

/** What a person can be told of is an error with a code; what nobody can is a `RangeError` or a `TypeError`. */
function isUncodedError(node: ts.Node): node is ts.NewExpression {
  return ts.isNewExpression(node) && node.expression.getText() === "Error";
}

function looksLikeSentence(text: string): boolean {
  const words = text.trim().split(/\s+/);
  const plainWords = words.filter((word) => /^[“"(]?\p{L}[\p{L}’'-]+[”"),;:.!?…]*$/u.test(word));
  const opens = /^[“"]?(\p{Lu}|\{\})/u.test(text.trim());
  return words.length >= 3 && plainWords.length >= 2 && (opens || /[\p{L}”}][.!?…]$/u.test(text.trim()));
}

/** Whether a text is the value of an attribute or field that is shown, or stands between tags; or is a branch of such a value. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isJsxAttribute(parent) || ts.isPropertyAssignment(parent)) {
    return parent.initializer === node && SHOWN.has(nameOf(parent));
  }
  if (ts.isJsxExpression(parent)) return ts.isJsxAttribute(parent.parent) ? SHOWN.has(nameOf(parent.parent)) : true;
  if (ts.isConditionalExpression(parent)) return parent.condition !== node && isShown(parent);
  if (ts.isBinaryExpression(parent)) return isJoining(parent.operatorToken.kind) && isShown(parent);
  return ts.isParenthesizedExpression(parent) && isShown(parent);
}

function isJoining(operator: ts.SyntaxKind): boolean {
  return [
    ts.SyntaxKind.PlusToken,
    ts.SyntaxKind.QuestionQuestionToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.AmpersandAmpersandToken,
  ].includes(operator);
}

function nameOf(node: ts.JsxAttribute | ts.PropertyAssignment): string {
  return node.name.getText().replaceAll(/["']/g, "");
}

/** The text, with `{}` for each value of a template. */
function contentOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join("");
}

/** The text without the values of a template. */
function wordsOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  if (!ts.isTemplateExpression(node)) return node.text;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(" ");
}

function sources(): string[] {
  const words = join(SOURCES, "app/words");
  return readdirSync(SOURCES, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(words));
}

test("no sentence stands outside the catalogue, but for what is allowed", () => {
  const escapes = sources().flatMap((path) => escapesOf(relative(SOURCES, path), readFileSync(path, "utf8")));
  const allowanceOf = (found: string) => {
    const [, file, text = ""] = /^(.*?):\d+: (.*)$/s.exec(found) ?? [];
    return ALLOWED.filter((each) => each.file === file && each.text.test(text));
  };
  expect(escapes.filter((found) => allowanceOf(found).length === 0)).toEqual([]);
  // What is allowed is still there.
  expect(new Set(escapes.flatMap(allowanceOf))).toEqual(new Set(ALLOWED));
});

describe("an escape is", () => {
  test.each([
    ["text between tags", "const a = <p>Hello</p>;", "Hello"],
    ["a name that is heard", 'const a = <p aria-label="Photos" />;', "Photos"],
    ["a branch of it", 'const a = <p title={open ? "Close" : words.open} />;', "Close"],
    ["a template of it", `const a = <p title={\`Delete \${name}\`} />;`, "Delete {}"],
    ["a text given to a tag", 'const a = <p>{busy ? "Wait" : null}</p>;', "Wait"],
    ["a field that is shown", 'const a = { label: "Photos" };', "Photos"],
    ["a short one", 'const a = "Multiply-adds a photo";', "Multiply-adds a photo"],
    ["a sentence", 'notify("The file is empty");', "The file is empty"],
    ["an error without a code", "throw new Error(reason);", "new Error(reason)"],
    ["a sentence in a template", `notify(\`Added \${count} new photos\`);`, "Added {} new photos"],
    ["a sentence about a value", `notify(\`\${name} is damaged\`);`, "{} is damaged"],
    ["words that end with a full stop", 'notify("moved to another.");', "moved to another."],
  ])("%s", (_, code, text) => {
    expect(escapesOf("a.tsx", code)).toEqual([`a.tsx:1: ${text}`]);
  });

  test.each([
    ["words of the catalogue", "const a = <p title={words.open}>{words.data.title}</p>;"],
    ["a comment", "// The file is empty.\nconst a = 1;"],
    [
      "class names and styles",
      `const a = <p className={\`\${a} Big Red Box\`} style={{ transform: \`translate(\${x}px, \${y}px)\` }} />;`,
    ],
    ["a drawing", 'const a = "M4 19V5M4 19h16M7 14c3 0 3-6 6-6zM 12 10a3.5 3.5 0 1 0 0 7z";'],
    ["a message for developers", 'throw new RangeError("A layers-model is two files.");'],
    ["a code with values", 'throw new ZipError({ code: "zip/encrypted", file });'],
    ["a type of file, a key, an empty text", 'const a = <input accept="image/*" alt="" aria-keyshortcuts="A" />;'],
    ["a directive, a type", '"use strict";\ntype A = "One two three.";'],
    ["punctuation", `const a = <p title={\`\${a} · \${b}\`}>{count} × {size}</p>;`],
  ])("not %s", (_, code) => {
    expect(escapesOf("a.tsx", code)).toEqual([]);
  });
});
