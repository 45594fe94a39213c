/** A report as one HTML file that needs nothing else: no script, no style sheet, no font, no network. */
import { chartSvg } from "./chart.ts";
import type { ReportDocument, ReportPart, ReportTable } from "./document.ts";
import { escaped } from "./escape.ts";

/**
 * The report as a page that opens offline, prints well and is read without scripts. Its numbers stand in it once more as JSON,
 * in an element of the type `application/json` with the id `report-data`, which no browser runs.
 */
export function reportHtml({ language, title, lead, sections, data }: ReportDocument): string {
  const body = sections.map(
    ({ heading, parts }) => `<section><h2>${escaped(heading)}</h2>${parts.map(partHtml).join("\n")}</section>`,
  );
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
${body.join("\n")}
</main>
<script type="application/json" id="report-data">${dataText(data)}</script>
</body>
</html>
`;
}

/** The numbers alone, as a JSON file. */
export function reportJson({ data }: Pick<ReportDocument, "data">): string {
  return `${JSON.stringify(data, null, 1)}\n`;
}

function partHtml(part: ReportPart): string {
  switch (part.kind) {
    case "text":
      return `<p>${escaped(part.text)}</p>`;
    case "list":
      return `<ul>${part.items.map((item) => `<li>${escaped(item)}</li>`).join("")}</ul>`;
    case "table":
      return tableHtml(part);
    case "chart":
      return chartSvg(part);
  }
}

function tableHtml({ caption, header, rows, shades }: ReportTable): string {
  const isNumber = header.map((_, column) => column > 0 && rows.every((row) => NUMBER.test(row[column] ?? "")));
  const side = (column: number) => (isNumber[column] ? ` class="number"` : "");
  const head = header.map((cell, column) => `<th scope="col"${side(column)}>${escaped(cell)}</th>`).join("");
  const body = rows.map(([first = "", ...cells], row) => {
    const own = cells.map((cell, column) => {
      const shade = shades?.[row]?.[column] ?? 0;
      const style = shade > 0 ? ` style="background:rgb(15 106 91 / ${Math.round(shade * 55)}%)"` : "";
      return `<td${side(column + 1)}${style}>${escaped(cell)}</td>`;
    });
    return `<tr><th scope="row">${escaped(first)}</th>${own.join("")}</tr>`;
  });
  return `<div class="table"><table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
}

/** A cell that is a number, with its interval or its sign, or that is empty. */
const NUMBER = /^$|^[-–\d]/;

/** As it may stand in a script element: nothing in it ends the element or begins a comment. */
function dataText(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

const STYLE = `
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; color: #1d1c19; }
body { margin: 0; background: #fff; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; overflow-wrap: anywhere; }
h1 { line-height: 1.2; margin: 0 0 .5rem; }
h2 { margin: 2.5rem 0 .5rem; border-bottom: 1px solid #d9d4c8; }
.lead { color: #5b574e; }
.table { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9rem; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { padding: .25rem .6rem; border-top: 1px solid #d9d4c8; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.number { text-align: right; }
th { font-weight: 550; }
figure { margin: 1rem 0; break-inside: avoid; }
figcaption { font-weight: 600; }
svg { max-width: 100%; height: auto; }
@media print { main { max-width: none; padding: 0; } h2 { break-after: avoid; } tr { break-inside: avoid; } .table { overflow: visible; } }
`;
