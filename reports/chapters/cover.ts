import type { Figure, Section } from "../parts/findings.js";
import type { Panel } from "../parts/panel.js";
import type { TestedClaim } from "./claim.js";

/** Every claim in a row: its words, its verdict, the number that decides, and where the chapters make it; a picture each. */
export function cover(tested: readonly TestedClaim[]): Section {
  return {
    heading: "The claims",
    figure: pictures(tested),
    content: [
      {
        header: ["claim", "in words", "verdict", "what decides", "source"],
        rows: tested.map(({ claim, verdict, decides }) => [
          `[${claim.name}](#${claim.name})`,
          claim.words,
          verdict,
          decides,
          claim.source,
        ]),
      },
    ],
  };
}

const verdicts = ["true", "depends", "false", "not distinguishable"] as const;

function pictures(tested: readonly TestedClaim[]): Figure {
  const counts = verdicts
    .map((verdict) => ({ verdict, count: tested.filter((one) => one.verdict === verdict).length }))
    .filter(({ count }) => count > 0);
  return {
    file: "claims.png",
    title: `Of ${tested.length} ${tested.length === 1 ? "claim" : "claims"} ${counts.map(({ verdict, count }) => `${count} ${verdict === "depends" ? "depend on the regime" : `${count === 1 ? "is" : "are"} ${verdict}`}`).join(", ")}`,
    caption: "The first panel of each claim's own figure, which has the legend and the rest.",
    columns: Math.min(4, tested.length),
    panelWidth: 460,
    panelHeight: 370,
    panels: tested.map(picture),
  };
}

/** Curves and marks alone: what they are is told in the claim's own figure. */
function picture({ claim, verdict, figure }: TestedClaim): Panel {
  const [panel] = figure.panels;
  return {
    ...panel,
    // Words that a wide panel has room for would overlap here.
    x: panel.x.labels === undefined ? panel.x : { ...panel.x, labels: panel.x.labels.map(() => "") },
    title: `${claim.name}: ${verdict}`,
    series: panel.series.map((one) => (one.kind === "band" ? one : { ...one, label: "" })),
  };
}
