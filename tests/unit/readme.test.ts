/** The README's tables of settings and exports are those of the source. `UPDATE_README=1 npm test` writes them. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { limitInWords } from "../../src/app/words/exports.ts";
import { optionsOf, valueInWords } from "../../src/app/words/settings.ts";
import { words } from "../../src/app/words/words.ts";
import { EXPORT_NAMES, EXPORTS, type ExportLimit } from "../../src/network/exports.ts";
import { DEFAULT_SETTINGS, SETTING_NAMES, type SettingName } from "../../src/training/settings.ts";
import { SETTINGS, type SettingRow } from "../../src/training/settings-table.ts";

const README = new URL("../../README.md", import.meta.url);

test.each([
  ["settings", settingsTable],
  ["exports", exportsTable],
])("the README's table of %s is that of the source", (name, tableOf) => {
  const [begin, end] = [`<!-- ${name}: written by tests/unit/readme.test.ts -->\n`, `<!-- end of ${name} -->`];
  const readme = readFileSync(README, "utf8");
  const [from, to] = [readme.indexOf(begin) + begin.length, readme.indexOf(end)];
  expect(from, `${begin} is missing`).toBeGreaterThanOrEqual(begin.length);
  expect(to, `${end} is missing`).toBeGreaterThanOrEqual(from);
  const table = tableOf();
  if (process.env.UPDATE_README) writeFileSync(README, readme.slice(0, from) + table + readme.slice(to));
  else expect(readme.slice(from, to)).toBe(table);
});

function settingsTable(): string {
  const rows = SETTING_NAMES.map((name) => {
    const { label, help } = words.settings.of[name];
    return [label, rangeOf(name), valueInWords(words.settings, name, DEFAULT_SETTINGS[name], "name"), help];
  });
  return markdown(["setting", "range", "default", "what it does"], rows);
}

function rangeOf(name: SettingName): string {
  const row: SettingRow = SETTINGS[name];
  const { typed, on, off, own } = { typed: words.settings.values.number, ...words.settings.values };
  switch (row.kind) {
    case "choice":
      return Object.values(optionsOf(words.settings.of, name))
        .map((option) => option.name)
        .join("; ");
    case "switch":
      return `${on} or ${off}`;
    case "integers":
      return `at most ${row.most}, each ${typed(row.min)} to ${typed(row.max)}`;
    case "optional-integer":
      return `${typed(row.min)} to ${typed(row.max)}, or ${own}`;
    default:
      return `${typed(row.min)} to ${typed(row.max)}`;
  }
}

function exportsTable(): string {
  const rows = EXPORT_NAMES.map((name) => {
    const { ending, limits }: { ending: string; limits: readonly ExportLimit[] } = EXPORTS[name];
    const { name: label, text } = words.exports.of[name];
    return [
      label,
      `\`…${ending}\``,
      text,
      limits.map((limit) => limitInWords(words.exports.limits, limit, null)).join("; ") || "none",
    ];
  });
  return markdown(["export", "file", "what is in it", "limits"], rows);
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |\n`;
  return `${line(head)}|${"---|".repeat(head.length)}\n${rows.map(line).join("")}`;
}
