import type { Run } from "../../src/study/read.js";
import type { Column } from "../../src/study/tables.js";
import { blend, extent, type Grid, heatMap } from "../heat-map.js";
import { circle } from "../plane.js";
import type { Figure } from "../png.js";
import { points } from "../select.js";
import { chart, colours, line, marks, type Point } from "../theme.js";

type Points = Readonly<Record<"x" | "y", Column>>;

/** A GAN at the end of its run. */
export interface Picture {
  readonly samples: Points;
  readonly target: Points;
  readonly modes: Readonly<Record<"x" | "y" | "deviation", Column>>;
  /** The discriminator's logit. */
  readonly surface: Grid;
}

export async function pictureOf(run: Run): Promise<Picture> {
  const [samples, target, modes, surface] = await Promise.all(
    ["samples", "target", "modes", "surface"].map((name) => run.table(name)),
  );
  return {
    samples: samples as Picture["samples"],
    target: target as Picture["target"],
    modes: modes as Picture["modes"],
    surface: { x: surface.x, y: surface.y, value: surface.logit },
  };
}

type Panel = Figure["panels"][number];

/** Points that a panel shows of each sample. */
const shown = 1000;

/** The generator's samples over the data, with a circle of 3σ around each mode, where there are some. */
export function samplesPanel(title: string, { samples, target, modes, surface }: Picture): Panel {
  return chart(title, ...axes(surface), [
    ...(modes.x.length === 0 ? [] : [line("3σ of a mode", circles(modes), colours.black, { width: 1 })]),
    marks("generated", points(samples.x, samples.y, samples.x.length).slice(0, shown), colours.blue, { radius: 1.5 }),
    marks("data", points(target.x, target.y, target.x.length).slice(0, shown), colours.orange, { radius: 1.5 }),
  ]);
}

/** Where the discriminator takes points for real: sigmoid(logit) as a colour, with the generator's samples on top. */
export function surfacePanel(title: string, { samples, surface }: Picture): Panel {
  const panel = chart(title, ...axes(surface), [
    marks("samples", points(samples.x, samples.y, samples.x.length).slice(0, shown), colours.black, { radius: 1 }),
    marks("judged real", [], real, { shape: "rect" }),
    marks("judged generated", [], generated, { shape: "rect" }),
  ]);
  return { ...panel, plugins: [heatMap(surface, colourOfLogit)] };
}

const [real, generated] = [colours.orange, colours.blue];

/** White where the discriminator cannot tell, the stronger the surer it is. */
function colourOfLogit(logit: number): string {
  const sure = Math.tanh(Math.abs(logit) / 2); // |2 sigmoid(logit) − 1|
  return blend("#FFFFFF", logit > 0 ? real : generated, 0.85 * sure);
}

/** The square of the surface, on both axes. */
function axes({ x, y }: Grid) {
  const axis = (title: string, [min, max]: [number, number]) => ({ title, min, max, openEnds: true });
  return [axis("x (data units)", extent(x)), axis("y (data units)", extent(y))] as const;
}

/** One curve, broken between the circles. */
function circles({ x, y, deviation }: Picture["modes"]): Point[] {
  const gap = { x: Number.NaN, y: Number.NaN };
  return Array.from(x).flatMap((_, mode) => [...circle(3 * deviation[mode], { x: x[mode], y: y[mode] }, 40), gap]);
}
