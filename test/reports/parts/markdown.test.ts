import { describe, expect, it } from "vitest";
import { renderMarkdown, renderTable } from "../../../reports/parts/render/markdown.js";
import { number } from "../../../reports/parts/text.js";

describe("findings in Markdown", () => {
  it("put verdicts before sections, a figure before its section's paragraphs and tables", () => {
    const figure = { file: "one.png", title: "Shows it", caption: "", columns: 1, panels: [] };
    const text = renderMarkdown({
      title: "A report",
      introduction: "Why.",
      verdicts: [{ claim: "It is so.", verdict: "not distinguishable", because: "Of 3 seeds." }],
      sections: [{ heading: "First", figure, content: ["Words.", { header: ["a"], rows: [["1"]] }] }],
    });
    expect(text.split("\n")).toEqual([
      "# A report",
      "",
      "Why.",
      "",
      "## Verdicts",
      "",
      "- **It is so.** — **Not distinguishable here.** Of 3 seeds.",
      "",
      "## First",
      "",
      "![Shows it](one.png)",
      "",
      "Words.",
      "",
      "| a |",
      "|---:|",
      "| 1 |",
      "",
    ]);
  });

  it("set columns to the right when all of their cells are numbers", () => {
    const text = renderTable({
      header: ["name", "value"],
      rows: [
        ["a", number(-1)],
        ["b", number(null)],
      ],
    });
    expect(text).toBe("| name | value |\n|---|---:|\n| a | −1 |\n| b | — |");
  });
});
