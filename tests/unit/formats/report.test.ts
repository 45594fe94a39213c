/** A report as one file: nothing in it is fetched or run, and nothing that people typed becomes markup. */
import { describe, expect, test } from "vitest";
import type { ReportDocument } from "../../../src/formats/report/document.ts";
import { reportHtml, reportJson } from "../../../src/formats/report/html.ts";

const HOSTILE = `</script><script>alert("1")</script><img src=x onerror='alert(2)'> & <!--`;

const axis = { label: "Share", ticks: [0, 1].map((at) => ({ at, label: String(at) })) };

const REPORT: ReportDocument = {
  language: "en",
  title: HOSTILE,
  lead: HOSTILE,
  sections: [
    {
      heading: HOSTILE,
      parts: [
        { kind: "text", text: HOSTILE },
        { kind: "list", items: [HOSTILE] },
        { kind: "table", caption: HOSTILE, header: [HOSTILE, "n"], rows: [[HOSTILE, "3"]], shades: [[0.5]] },
        {
          ...{ kind: "chart", title: HOSTILE, x: axis, y: axis },
          lines: [
            {
              name: "",
              points: [
                [0, 0],
                [1, 1],
              ],
            },
            {
              name: HOSTILE,
              points: [
                [0, 1],
                [0.5, 0.5],
                [1, 0],
              ],
            },
          ],
        },
      ],
    },
  ],
  data: { name: HOSTILE, values: [0.1, 1 / 3, null] },
};

describe("a report", () => {
  const html = reportHtml(REPORT);

  test("has what people typed as text, wherever it stands", () => {
    const tags = [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name?.toLowerCase());
    expect(tags).not.toContain("img");
    expect(tags.filter((name) => name === "script")).toHaveLength(2);
    expect(html).not.toMatch(/<!--/);
    expect(html.match(/&lt;\/script&gt;&lt;script&gt;alert\(&quot;1&quot;\)/g)).toHaveLength(12);
  });

  test("asks for nothing: no script that runs, no address, no style sheet", () => {
    expect(html).not.toMatch(/\s(src|href|srcset|action)=[^x]|url\(|@import|https?:/i);
    expect(html).toContain(`default-src 'none'`);
    expect(html).toMatch(/<script type="application\/json" id="report-data">/);
  });

  test("has its numbers in it once more, unrounded", () => {
    const [, data = ""] = /id="report-data">(.*?)<\/script>/s.exec(html) ?? [];
    expect(JSON.parse(data)).toEqual(REPORT.data);
    expect(JSON.parse(reportJson(REPORT))).toEqual(REPORT.data);
  });

  test("draws a line through its points, within its axes", () => {
    // 560 by 320, of which the plot is from 60 to 544 and, upwards, from 274 to 12.
    expect(html).toContain(`<polyline points="60.0,274.0 544.0,12.0"`);
    expect(html).toContain(`<polyline points="60.0,12.0 302.0,143.0 544.0,274.0"`);
  });
});
