import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import type { Run } from "../../../src/study/read.js";
import { colours } from "../colours.js";
import type { Figure } from "../findings.js";
import { line, logarithmicBounds, type Panel, type Point } from "../panel.js";
import { points, summaryNumber } from "../select.js";
import { eigenvaluePanel } from "./eigenvalues.js";
import { orbitPlane, readOrbit } from "./orbit-plane.js";

/**
 * One run of a small game: the path in the plane of its first two observables, with the equilibrium, the predicted limit
 * cycle and, where it is stored, the game's field; the distance from the equilibrium over time, with the predicted growth;
 * and the eigenvalues of one step, where there are some.
 */
export async function orbitFigure(run: Run, heading: string): Promise<Figure> {
  const orbit = await readOrbit(run);
  const { path, distances, steps, centreIs, cycle, field, shown } = orbit;
  const eigenvalues = eigenvaluePanel(run);
  const arrows = field.length > 0 ? " Arrows are the game's own flow −g." : "";
  const growth = Number.isFinite(summaryNumber(run, "predicted.spectralRadius"));
  const law =
    cycle.length > 0
      ? "; dashed, the closed form of the limit cycle's radius"
      : growth
        ? "; dashed, the growth per step in closed form"
        : "";
  const last =
    eigenvalues === null
      ? ""
      : " Last: the leading eigenvalues of one step, right of the arc of modulus 1 where the path grows.";
  return {
    file: "orbit.png",
    title: heading,
    caption: `Left: ${shown}${arrows} ${eigenvalues === null ? "Right" : "Middle"}: how far it is from the ${centreIs} after each step${law}.${last}`,
    columns: eigenvalues === null ? 2 : 3,
    panelWidth: 660,
    panelHeight: 660,
    panels: [
      orbitPlane(orbit, path.length),
      distancePanel(run, `The distance from the ${centreIs}`, distances, steps),
      ...(eigenvalues === null ? [] : [eigenvalues]),
    ],
  };
}

function distancePanel(run: Run, title: string, distance: readonly number[], step: ArrayLike<number>): Panel {
  const last = step[distance.length - 1];
  const radius = summaryNumber(run, "predicted.radius");
  const growth = log(summaryNumber(run, "predicted.spectralRadius"));
  // Where transients have died away in the runs that converge, and before the run ends in those that do not.
  const anchor = Math.floor(distance.length / 2);
  const law = (at: number) => (Number.isFinite(radius) ? radius : distance[anchor] * exp(growth * (at - step[anchor])));
  const predicted: Point[] = Array.from({ length: 101 }, (_, i) => ({ x: (last * i) / 100, y: law((last * i) / 100) }));
  const known = predicted.every(({ y }) => Number.isFinite(y) && y > 0);
  return {
    title,
    x: { title: "step", min: 0, max: last },
    y: {
      title: "distance",
      scale: "logarithmic",
      ...logarithmicBounds([...distance, ...(known ? predicted.map(({ y }) => y) : [])]),
    },
    series: [
      ...(known ? [line("closed form", predicted, colours.black, { dash: [6, 6] })] : []),
      line("measured", points(step, distance, 4000), colours.blue, { width: 1.5 }),
    ],
  };
}
