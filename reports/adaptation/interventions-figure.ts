import { kaplanMeier } from "../../src/stats/index.js";
import { seriesColours } from "../parts/colours.js";
import type { Figure } from "../parts/findings.js";
import { line, type Panel, type Point } from "../parts/panel.js";
import { groupBy } from "../parts/select.js";
import { number } from "../parts/text.js";
import { reference } from "./cartpole-runs.js";
import { type Arm, type Cure, isLeftAlone } from "./interventions-measures.js";
import { isTold } from "./overview.js";

const dashes = [
  [10, 5],
  [3, 4],
  [12, 4, 3, 4],
  [6, 2],
  [2, 6],
  [14, 6],
] as const;

/** How many still wait to recover, by ρ; the learner left alone as a full line, interventions dashed. */
export function survivalFigure(arms: readonly Arm[], all: readonly Cure[]): Figure {
  const rhos = [...groupBy(arms, ({ rho }) => rho)];
  const parts = rhos.map(([rho]) => {
    const cures = all.filter(({ arm }) => arm.rho === rho);
    const helping = cures.filter(({ gain }) => isTold(gain) && gain.difference.estimate > 0);
    return `${helping.length} of ${cures.length} interventions help at ρ = ${rho}`;
  });
  return {
    file: "interventions.png",
    title: `CartPole, ${arms[0].regime}: ${parts.join(", ")}`,
    caption: `The share of ${arms[0].seeds.length} seeds that have not yet recovered (20 episodes that last ${reference} steps on average), by Kaplan and Meier. Full line: the learner left alone; dashed: interventions. The title counts gains of the score beyond chance, by Holm's method. A curve that does not fall is of policies that never recover.`,
    columns: rhos.length,
    panelWidth: 760,
    panelHeight: 620,
    panels: rhos.map(([rho, group]) => panel(rho, group)),
  };
}

function panel(rho: number, arms: readonly Arm[]): Panel {
  return {
    title: `ρ = ${number(rho)}`,
    x: { title: "environment steps since the change", min: 0, max: arms[0].watched },
    y: { title: "share that has not recovered", min: 0, max: 1 },
    series: arms.map((arm, i) =>
      line(arm.words, stairs(arm), isLeftAlone(arm) ? seriesColours[6] : seriesColours[(i - 1) % 6], {
        ...(isLeftAlone(arm) ? { width: 3 } : { dash: dashes[(i - 1) % dashes.length] }),
      }),
    ),
  };
}

/** The curve as steps down, to the end of the watching. */
function stairs({ seeds, watched }: Arm): Point[] {
  const curve = kaplanMeier(seeds.map(({ time }) => time));
  const points = [{ x: 0, y: 1 }];
  for (const { time, survival } of curve) {
    points.push({ x: time, y: points[points.length - 1].y }, { x: time, y: survival });
  }
  return [...points, { x: watched, y: points[points.length - 1].y }];
}
