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

/** How a portrait is drawn. */
interface Frame {
  /** what is measured of it, below the condition's name */
  readonly measured: string;
  /** the axes' unit, where it is not 1 */
  readonly unit?: string;
  /** it is wide enough for these points */
  readonly widest: readonly Point[];
}

/** A panel around the equilibrium, under the condition's name. */
export function portraitPanel({ condition }: BilinearRun, frame: Frame, series: readonly Series[]): Panel {
  const { measured, unit, widest } = frame;
  const most = widest.reduce((size, { x, y }) => Math.max(size, Math.abs(x), Math.abs(y)), 0);
  const extent = roundUp(1.1 * most);
  const inUnit = unit === undefined ? "" : `/${unit}`;
  const axis = (title: string) => ({ title, min: -extent, max: extent, stepSize: extent / 2 });
  return {
    title: `${condition.optimizer}\n${condition.order}\n${measured}`,
    x: axis(`x${inUnit} (descends x·y)`),
    y: axis(`y${inUnit} (ascends x·y)`),
    series,
  };
}
