import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { needs, type Orbit, orbits } from "../orbits.js";
import { dashes, shapes } from "../styles.js";

/** The bilinear game and the Dirac-GAN under plain gradients. */
export const ganCycles = defineClaim({
  name: "gan-cycles",
  words: "The players of a GAN go round their equilibrium instead of reaching it.",
  source: "second chapter, GANs",
  needs,
  find: ({ runs }) => finding(orbits(runs)),
});

/** The share of the start's distance below which the players have come to their equilibrium. */
const near = 0.1;

/** At least one turn, and still not near in the last half. */
export const cycles = ({ turns, radius, start }: Orbit) => turns >= 1 && radius > near * start;

/** `bilinear, alternating`, `dirac, R1 γ = 1, simultaneous` */
const placeOf = ({ config: { game, order } }: Orbit) =>
  [game.name, ...(game.r1 ? [`R1 γ = ${game.r1}`] : []), order].join(", ");

function finding(all: readonly Orbit[]): Finding {
  const pure = all.filter(({ config }) => !config.game.r1);
  const damped = all.filter(({ config }) => config.game.r1);
  const cycling = pure.filter(cycles);
  const still = damped.filter(cycles);
  const text = (one: Orbit) =>
    `${placeOf(one)} ${number(one.turns, 3)} turns, radius ${number(one.radius / one.start, 3)} of the start's`;
  return {
    verdict:
      cycling.length === 0
        ? "false"
        : cycling.length === pure.length && still.length === damped.length
          ? "true"
          : "depends",
    decides: `without regularisation ${cycling.length} of ${pure.length} games cycle, with R1 ${still.length} of ${damped.length}`,
    because: `Gradient descent, η = ${pure[0].config.optimizer.lr}, no noise. Without regularisation: ${pure.map(text).join("; ")}. With R1 on the Dirac-GAN: ${damped.map(text).join("; ")}. So unregularised players go on cycling, those of the bilinear game outward where they move at once; what damps the game ends it. Networks: the cycling report's ring GAN.`,
    figure: {
      title: `Unregularised players go round in ${cycling.length} of ${pure.length} games; with R1 in ${still.length} of ${damped.length}`,
      caption:
        "Radius over the last half of the run, in units of the start's, over the strength γ of R1: 0 is the pure game. Above the line the players have not come near.",
      columns: 1,
      panelWidth: 1000,
      panelHeight: 600,
      panels: [
        {
          title: "Where the players end",
          x: { title: "R1 γ", min: -0.05, max: 1.05 },
          y: { title: "radius at the end, over the start's", scale: "logarithmic", min: 1e-16, max: 100 },
          series: [
            line(
              "near: a tenth of the start",
              [
                { x: -0.05, y: near },
                { x: 1.05, y: near },
              ],
              seriesColours[6],
              { dash: dashes[2] },
            ),
            ...[...groupBy(all, ({ config }) => `${config.game.name}, ${config.order}`)].map(([label, group], i) =>
              marks(
                label,
                group.map(({ config, radius, start }) => ({
                  x: config.game.r1 ?? 0,
                  y: Math.max(1e-16, radius / start),
                })),
                seriesColours[i],
                { shape: shapes[i % shapes.length], radius: 7 },
              ),
            ),
          ],
        },
      ],
    },
    content: [
      {
        header: ["game", "turns", "radius / start", "cycles"],
        rows: all.map((one) => [
          placeOf(one),
          number(one.turns, 3),
          number(one.radius / one.start, 3),
          cycles(one) ? "yes" : "no",
        ]),
      },
    ],
  };
}
