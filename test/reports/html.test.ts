import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { colours } from "../../reports/parts/colours.js";
import { type Findings, figuresOf } from "../../reports/parts/findings.js";
import { line, marks } from "../../reports/parts/panel.js";
import { renderCover } from "../../reports/parts/render/cover.js";
import { renderHtml } from "../../reports/parts/render/html.js";
import { packFigures, unpackFigures } from "../../reports/parts/render/packed-figures.js";
import { writeCover, writeFindings } from "../../reports/parts/render/write.js";
import { numberOf } from "../../reports/parts/text.js";
import { temporaryFolders } from "../study/temporary-folder.js";

const findings: Findings = {
  title: "Who wins, <script>alert(1)</script> & why",
  introduction: "An *introduction* with `code`, [a place](#verdicts) and [a trap](javascript:alert(1)).",
  verdicts: [{ claim: "A long memory is **slower**.", verdict: "depends", because: "κ < 1: slower; κ > 1: faster." }],
  sections: [
    {
      heading: "Recovery",
      figure: {
        file: "recovery.png",
        title: "Slower by 3",
        caption: "Medians.",
        columns: 1,
        panels: [
          {
            title: "Updates",
            x: { title: "memory" },
            y: { title: "updates", scale: "logarithmic" },
            series: [
              line("mean field", [{ x: 1, y: 2 }, null, { x: 3, y: 9 }], colours.black),
              marks("</script><b>", [{ x: 1, y: 2.5 }], colours.blue),
            ],
          },
        ],
      },
      content: [
        "Text.",
        {
          header: ["condition", "median"],
          rows: [
            ["a", "1.5"],
            ["b", "−12"],
          ],
        },
      ],
    },
  ],
};
const provenance = {
  study: "mine",
  facts: [["Engine", "wasm"]] as const,
  experiments: { header: ["experiment"], rows: [["`first`"]] },
};

describe("a report's page", () => {
  const html = renderHtml(findings, provenance);

  it("is the same bytes for the same findings", () => {
    expect(renderHtml(findings, provenance)).toBe(html);
  });

  it("asks for nothing: no address of another host, no file besides the pictures for where no script runs", () => {
    const [document] = html.split('<script type="application/json"');
    expect([...document.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, address]) => address)).toEqual([
      "data:,",
      "recovery.png",
    ]);
    expect(html).toContain("default-src 'none'");
  });

  it("shows what a study file says as words, never as its own HTML", () => {
    expect(html).toContain("Who wins, &lt;script&gt;alert(1)&lt;/script&gt; &amp; why");
    expect(html).not.toContain("<script>alert(1)");
    expect(html).not.toContain("javascript:alert");
    expect(html).toContain('<a href="#verdicts">a place</a>');
  });

  it("carries its figures as data that cannot end the script", () => {
    const [, json] = /id="figures">(.*?)<\/script>/s.exec(html) ?? [];
    const figures = unpackFigures(json);
    expect(figures["recovery.png"]).toEqual(JSON.parse(JSON.stringify(findings.sections[0].figure)));
  });

  it("says the verdict in words and puts numbers to the right", () => {
    expect(html).toContain('<span class="badge">It depends</span> A long memory is <strong>slower</strong>.');
    expect(html).toContain('<td class="number">−12</td>');
  });
});

describe("a page's figures", () => {
  it("keep gaps and, to seven digits, numbers; a point takes no more than its digits", () => {
    const [figure] = figuresOf(findings);
    const panel = { ...figure.panels[0], series: [line("", [{ x: 1 / 3, y: 123456.789 }, null], colours.black)] };
    const packed = packFigures({ a: { ...figure, panels: [panel] } });
    expect(packed).toContain("[0.3333333,123456.8,null,null]");
    const [unpacked] = unpackFigures(packed).a.panels[0].series;
    expect(unpacked).toMatchObject({ points: [{ x: 0.3333333, y: 123456.8 }, null] });
  });
});

describe("the cover over several studies", () => {
  it("counts verdicts, links each report and shows its first picture", () => {
    const { title, introduction, verdicts } = findings;
    const html = renderCover([["my study", { title, introduction, verdicts, picture: "a b.png" }]]);
    expect(html).toContain('href="my%20study/index.html"');
    expect(html).toContain('src="my%20study/a%20b.png"');
    expect(html).toContain("<summary>1 × it depends</summary>");
  });
});

describe("the cover of a results folder", () => {
  const folder = temporaryFolders();

  it("is written where there are reports, and never over somebody else's page", async () => {
    const results = folder();
    expect(await writeCover(results)).toBeNull();
    mkdirSync(join(results, "mine"));
    await writeFindings(findings, provenance, join(results, "mine"));
    expect(await writeCover(results)).toBe("index.html");
    writeFileSync(join(results, "index.html"), "<p>My own page</p>");
    expect(await writeCover(results)).toBeNull();
    expect(readFileSync(join(results, "index.html"), "utf8")).toBe("<p>My own page</p>");
  });

  it("names a damaged summary and what writes it anew", async () => {
    const results = folder();
    mkdirSync(join(results, "mine"));
    const file = join(results, "mine", "verdicts.json");
    writeFileSync(file, '{"title": "cut');
    await expect(writeCover(results)).rejects.toThrow(
      `${file}: damaged; ringdown report ${join(results, "mine")} writes it anew`,
    );
  });
});

describe("sorting reads numbers as reports write them", () => {
  it.each([
    ["−1.5", -1.5],
    ["12\u2009000", 12000],
    ["3.2·10⁻⁵", 3.2e-5],
    ["1·10¹²", 1e12],
    ["≥ 40", 40],
    ["∞", Number.POSITIVE_INFINITY],
    ["−∞", Number.NEGATIVE_INFINITY],
    ["0.5 [0.1, 0.9]", 0.5],
    ["—", Number.NaN],
    ["alternating", Number.NaN],
  ])("%s", (text, value) => {
    expect(numberOf(text)).toBe(value);
  });
});
