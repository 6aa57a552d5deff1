import type { Panel, Series } from "../panel.js";

/** A curve or mark that the legend names. */
export type Named = Exclude<Series, { kind: "band" }>;

const isNamed = (series: Series): series is Named => series.kind !== "band" && series.label !== "";

/** What tells a sign of the legend from another. */
function signOf(series: Named): string {
  const { kind, colour } = series;
  return JSON.stringify(kind === "line" ? [kind, colour, series.dash ?? []] : [kind, colour, series.shape ?? "circle"]);
}

/**
 * The legend that panels can share, in the order of its first appearance: each sign has one label and each label one
 * sign in all of them, and it is at most half as long as their own together. Undefined where they must keep their own.
 */
export function sharedLegend(panels: readonly Panel[]): readonly Named[] | undefined {
  const named = panels.flatMap(({ series }) => series.filter(isNamed));
  const [labels, signs] = [new Map<string, Named>(), new Map<string, string>()];
  for (const series of named) {
    const sign = signOf(series);
    if (signOf(labels.get(series.label) ?? series) !== sign) return undefined;
    if ((signs.get(sign) ?? series.label) !== series.label) return undefined;
    labels.set(series.label, series);
    signs.set(sign, series.label);
  }
  return labels.size > 0 && 2 * labels.size <= named.length ? [...labels.values()] : undefined;
}

/** A panel without a legend. */
export function withoutLegend(panel: Panel): Panel {
  return { ...panel, series: panel.series.map((one) => (isNamed(one) ? { ...one, label: "" } : one)) };
}
