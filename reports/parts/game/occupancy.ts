import { shareColours } from "../colours.js";
import { marks, type Panel } from "../panel.js";

/** A share, 0 to 1, over time, under a name. */
export interface Strip {
  readonly name: string;
  readonly steps: readonly number[];
  readonly shares: readonly number[];
}

/** Shares over time as a line of coloured cells for each name, the first on top; cells of all lines end at the same steps. */
export function occupancyPanel(title: string, strips: readonly Strip[], whole: string): Panel {
  const count = strips.length;
  const last = Math.max(...strips.map(({ steps }) => steps[steps.length - 1] ?? 0));
  const cells = strips.flatMap(({ steps, shares }, i) =>
    steps.map((x, k) => ({ x, y: count - 1 - i, value: shares[k] })),
  );
  return {
    title,
    x: { title: "training step", min: 0, max: last, openEnds: true },
    y: {
      title: "",
      min: -1,
      max: count,
      stepSize: 1,
      openEnds: true,
      labels: strips.map(({ name }) => name).reverse(),
    },
    series: [
      marks("0", [], shareColours.none, { shape: "rect" }),
      marks("half", [], shareColours.half, { shape: "rect" }),
      marks(whole, [], shareColours.all, { shape: "rect" }),
    ],
    heat: {
      x: cells.map(({ x }) => x),
      y: cells.map(({ y }) => y),
      value: cells.map(({ value }) => (Number.isFinite(value) ? value : null)),
      colours: "share",
    },
  };
}
