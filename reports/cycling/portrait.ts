import type { Column } from "../../src/study/tables.js";
import { pathOf } from "../parts/game/tables.js";
import type { Panel, Point, Series } from "../parts/panel.js";
import { roundUp } from "../parts/plane.js";
import type { BilinearRun } from "./rates.js";

/** A run beside its path in the plane of the two players. */
export interface Portrait {
  readonly run: BilinearRun;
  readonly x: Column;
  readonly y: Column;
}

export function portraitsOf(runs: readonly BilinearRun[]): Promise<Portrait[]> {
  return Promise.all(runs.map(async (run) => ({ run, ...(await pathOf(run)) })));
}

/** A panel around the equilibrium, under the condition's name, wide enough for some points. */
export function portraitPanel({ condition }: BilinearRun, widest: readonly Point[], series: readonly Series[]): Panel {
  const most = widest.reduce((size, { x, y }) => Math.max(size, Math.abs(x), Math.abs(y)), 0);
  const extent = roundUp(1.1 * most);
  const axis = (title: string) => ({ title, min: -extent, max: extent, stepSize: extent / 2 });
  return {
    title: `${condition.optimizer}\n${condition.order}`,
    x: axis("x (descends x·y)"),
    y: axis("y (ascends x·y)"),
    series,
  };
}
