import type { Run } from "../../src/study/read.js";
import type { Figure } from "../png.js";
import { ganFigures } from "./gan-figures.js";
import { orbitFigure } from "./orbit-figure.js";

/** The pictures of one run of a game. */
export async function gamePictures(run: Run): Promise<Figure[]> {
  const heading = headingOf(run);
  if (run.tables.includes("surface")) return ganFigures(run, heading);
  const [x, y] = Object.keys(await run.table("metrics")).slice(1);
  return [await orbitFigure(run, heading, [x, y])];
}

/** `ring, adam, alternating, seed 1`, and how it ended where that was not as planned. */
function headingOf({ config, seed, outcome }: Run): string {
  const { game, optimizer, order } = config as Record<"game" | "optimizer", { name: string }> & { order: string };
  const end = outcome.kind === "diverged" ? `, diverged at step ${outcome.step}` : "";
  return `${game.name}, ${optimizer.name}, ${order}, seed ${seed}${end}`;
}
