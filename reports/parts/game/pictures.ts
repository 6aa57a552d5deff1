import { z } from "zod";
import type { Run } from "../../../src/study/read.js";
import type { Figure } from "../findings.js";
import { configOf } from "../select.js";
import { animationFrames } from "./animation.js";
import { ganFigures } from "./gan-figures.js";
import { orbitFigure } from "./orbit-figure.js";
import { isPlaneGan } from "./tables.js";

/** The pictures of one run of a game. */
export async function gamePictures(run: Run): Promise<Figure[]> {
  const heading = headingOf(run);
  return isPlaneGan(run) ? ganFigures(run, heading) : [await orbitFigure(run, heading)];
}

/** The frames of the same run's animation. */
export const gameAnimation = (run: Run): Promise<Figure[]> => animationFrames(run, headingOf(run));

const named = z.object({ name: z.string() });
const needs = z.object({ game: named, optimizer: named, order: z.string() });

/** `ring, adam, alternating, seed 1`, and how it ended where that was not as planned. */
function headingOf(run: Run): string {
  const { game, optimizer, order } = configOf(run, needs);
  const { seed, outcome } = run;
  const end = outcome.kind === "diverged" ? `, diverged at step ${outcome.step}` : "";
  return `${game.name}, ${optimizer.name}, ${order}, seed ${seed}${end}`;
}
