import { bands } from "../../../src/theory/bands.js";
import { colours } from "../colours.js";
import { type Line, logarithmicBounds, type Panel, type Point, upright } from "../panel.js";

/** Amplitude spectra of the generator's mean over frequency, with the edges of the slow cycle's band and of chatter's. */
export function spectrumPanel(curves: readonly Line[]): Panel {
  const drawn = curves.flatMap(({ points }) => points.filter((point): point is Point => point !== null));
  const { min, max } = logarithmicBounds(drawn.map(({ y }) => y));
  const edge = (label: string, at: number) => upright(label, at, min, max, colours.grey, { dash: [4, 5] });
  return {
    title: "What oscillates, and how fast",
    x: { title: "frequency (cycles per step)", scale: "logarithmic", max: 0.5 },
    y: { title: "amplitude in 1/12 decade (data units)", scale: "logarithmic", min, max },
    series: [...curves, edge("edges of the bands", bands.slowCycle.to), edge("", bands.chatter.from)],
  };
}
