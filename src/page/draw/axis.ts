import type uPlot from "uplot";
import { inks, type Theme } from "../../../reports/page/theme.js";

/** An axis of a curve's plot; of a logarithmic one the powers of ten are marked. */
export function axis(theme: Theme, logarithmic: boolean): uPlot.Axis {
  const { words, grid } = inks[theme];
  const plain = { stroke: words, grid: { stroke: grid, width: 1 }, ticks: { stroke: grid }, font: "12px system-ui" };
  const values = (_: uPlot, all: number[]) => all.map((value) => (value === null ? "" : brief(value)));
  if (!logarithmic) return { ...plain, values };
  const powers = (_: uPlot, all: number[]) => all.map((value) => (/^1e/.test(value.toExponential()) ? value : null));
  return {
    ...plain,
    values,
    grid: { ...plain.grid, filter: powers },
    ticks: { ...plain.ticks, filter: powers },
  };
}

const brief = (value: number) =>
  Math.abs(value) >= 1000
    ? `${value / 1000}k`
    : Math.abs(value) < 0.001 && value !== 0
      ? value.toExponential(0)
      : String(value);
