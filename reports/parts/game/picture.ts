import { finiteOrNull } from "../../../src/math/finite-or-null.js";
import type { Run } from "../../../src/study/read.js";
import type { Column } from "../../../src/study/tables.js";
import { colours, judged } from "../colours.js";
import { type Axis, extent, type HeatMap, line, marks, type Panel, type Point } from "../panel.js";
import { circle } from "../plane.js";
import { points } from "../select.js";
import { modesOf, samplesOf, surfaceOf, targetOf } from "./tables.js";

type Points = Readonly<Record<"x" | "y", Column>>;

/** A GAN at the end of its run. */
export interface Picture {
  readonly samples: Points;
  readonly target: Points;
  readonly modes: Readonly<Record<"x" | "y" | "deviation", Column>>;
  readonly surface: HeatMap;
}

export async function pictureOf(run: Run): Promise<Picture> {
  const [samples, target, modes, { x, y, logit }] = await Promise.all([
    samplesOf(run),
    targetOf(run),
    modesOf(run),
    surfaceOf(run),
  ]);
  const value = Array.from(logit, (height) => finiteOrNull(height));
  return { samples, target, modes, surface: { x: [...x], y: [...y], value, colours: "logit" } };
}

/** Points that a panel shows of each sample. */
const shown = 1000;
const first = ({ x, y }: Points) => points(x.subarray(0, shown), y.subarray(0, shown));

/** The generator's samples over the data, with a circle of 3σ around each mode, where there are some. */
export function samplesPanel(title: string, { samples, target, modes, surface }: Picture): Panel {
  const series = [
    ...(modes.x.length === 0 ? [] : [line("3σ of a mode", circles(modes), colours.black, { width: 1 })]),
    marks("generated", first(samples), colours.blue, { radius: 1.5 }),
    marks("data", first(target), colours.orange, { radius: 1.5 }),
  ];
  return { title, ...axesOf(surface), series };
}

/** Where the discriminator takes points for real: sigmoid(logit) as a colour, with the generator's samples on top. */
export function surfacePanel(title: string, { samples, surface }: Picture): Panel {
  const series = [
    marks("generated, over the surface", first(samples), colours.black, { radius: 1 }),
    marks("judged real", [], judged.real, { shape: "rect" }),
    marks("judged generated", [], judged.generated, { shape: "rect" }),
  ];
  return { title, ...axesOf(surface), series, heat: surface };
}

/** The square of the surface, on both axes. */
function axesOf({ x, y }: HeatMap): { x: Axis; y: Axis } {
  const axis = (title: string, [min, max]: [number, number]) => ({ title, min, max, openEnds: true });
  return { x: axis("x (data units)", extent(x)), y: axis("y (data units)", extent(y)) };
}

/** One curve, broken between the circles. */
function circles({ x, y, deviation }: Picture["modes"]): (Point | null)[] {
  return Array.from(x).flatMap((_, mode) => [...circle(3 * deviation[mode], { x: x[mode], y: y[mode] }, 40), null]);
}
