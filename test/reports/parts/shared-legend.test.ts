import { describe, expect, it } from "vitest";
import { colours } from "../../../reports/parts/colours.js";
import { band, line, marks, type Panel, type Series } from "../../../reports/parts/panel.js";
import { sharedLegend, withoutLegend } from "../../../reports/parts/render/shared-legend.js";

const panel = (...series: Series[]): Panel => ({ title: "", x: { title: "" }, y: { title: "" }, series });
const curve = line("measured", [], colours.blue);
const law = line("closed form", [], colours.black, { dash: [6, 5] });
const labels = (...panels: Panel[]) => sharedLegend(panels)?.map(({ label }) => label);

describe("panels", () => {
  it("share a legend where they say the same, in the order of its first appearance", () => {
    expect(labels(panel(curve, law), panel(law, curve))).toEqual(["measured", "closed form"]);
    expect(labels(panel(curve), panel(band([], [], colours.blue), curve, law), panel(law))).toEqual([
      "measured",
      "closed form",
    ]);
  });

  it("keep their own where a label has two signs, or a sign two labels", () => {
    expect(labels(panel(curve), panel(marks("measured", [], colours.blue)))).toBeUndefined();
    expect(labels(panel(curve), panel({ ...curve, dash: [3, 3] }))).toBeUndefined();
    expect(labels(panel(curve, law), panel({ ...curve, label: "predicted" }, law))).toBeUndefined();
  });

  it("keep their own where that is hardly longer, and where there is none", () => {
    expect(labels(panel(curve, law))).toBeUndefined();
    expect(labels(panel(curve), panel(law))).toBeUndefined();
    expect(labels(panel(), panel())).toBeUndefined();
  });

  it("lose their labels, not their series, where the legend is shared", () => {
    const { series } = withoutLegend(panel(curve, band([], [], colours.blue), law));
    expect(series.map((one) => (one.kind === "band" ? one.kind : one.label))).toEqual(["", "band", ""]);
    expect(sharedLegend([panel(...series), panel(...series)])).toBeUndefined();
  });
});
