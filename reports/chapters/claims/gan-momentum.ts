import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { needs, type Orbit, orbits } from "../orbits.js";
import { dashes, shapes } from "../styles.js";

/** Adam on the Dirac-GAN, over its momentum and the game's own damping. */
export const ganMomentum = defineClaim({
  name: "gan-momentum",
  words: "Momentum, as in Adam, damps the cycling to a stable spiral.",
  source: "second chapter, GANs",
  needs,
  find: ({ runs }) => finding(orbits(runs)),
});

const momentumOf = ({ config }: Orbit) => config.optimizer.beta1 ?? 0;
const gammaOf = ({ config }: Orbit) => config.game.r1 ?? 0;

/** The games, by their own damping ratio ζ = γ, at which more momentum leaves a smaller radius than none, and a larger. */
export function helped(all: readonly Orbit[]) {
  const games = [...groupBy(all, gammaOf)].map(([gamma, group]) => {
    const at = (beta1: number) => group.find((one) => momentumOf(one) === beta1)?.radius ?? Number.NaN;
    return { gamma, none: at(0), strong: at(0.9) };
  });
  return {
    smaller: games.filter(({ none, strong }) => strong < none),
    larger: games.filter(({ none, strong }) => strong > none),
  };
}

function finding(all: readonly Orbit[]): Finding {
  const { smaller, larger } = helped(all);
  const [{ config }] = all;
  const text = (games: typeof smaller) =>
    games
      .map(
        ({ gamma, none, strong }) =>
          `${number(none / config.optimizer.lr, 3)} → ${number(strong / config.optimizer.lr, 3)} η at ζ = ${gamma}`,
      )
      .join(", ");
  const boundary =
    smaller.length === 0
      ? "at no ζ here"
      : `from a ζ between ${Math.max(...larger.map(({ gamma }) => gamma))} and ${Math.min(...smaller.map(({ gamma }) => gamma))} on`;
  const pure = larger.find(({ gamma }) => gamma === 0);
  const factor = pure === undefined ? Number.NaN : pure.strong / pure.none;
  return {
    verdict: larger.length === 0 ? "true" : smaller.length === 0 ? "false" : "depends",
    decides: `β₁ = 0 → 0.9: radius ${text(larger) || "never larger"}; ${text(smaller) || "never smaller"}`,
    because: `Dirac-GAN with R1, whose own damping ratio is ζ = γ, simultaneous, η = ${config.optimizer.lr}, β₂ = ${config.optimizer.beta2}. From β₁ = 0 to 0.9 the radius of what remains grows (${text(larger)})${smaller.length > 0 ? ` and shrinks (${text(smaller)}): what it damps there is the chatter of a normalised step` : ""}. On the pure rotation it is ${number(factor, 3)} times as wide, as √((1 + β₁)/(1 − β₁)) = ${number(Math.sqrt(19), 3)} says; momentum damps only what is strongly damped already, from ζ = 1/√2 on in linear methods (damping report).`,
    figure: {
      title: `Momentum widens the cycle of an undamped game ${number(factor, 2)}-fold; it helps only where the game damps itself (${boundary})`,
      caption:
        "Dirac-GAN with R1, Adam: radius over the last half of the run in units of η, over the game's own damping ratio. Radii below 10⁻⁴ η are drawn there.",
      columns: 1,
      panelWidth: 1000,
      panelHeight: 620,
      panels: [
        {
          title: "What remains of the motion",
          x: { title: "the game's own damping ratio ζ = γ", min: -0.05, max: 1.05 },
          y: { title: "radius (units of η)", scale: "logarithmic", min: 1e-4, max: 1000 },
          series: [
            line(
              "ζ = 1/√2",
              [
                { x: Math.SQRT1_2, y: 1e-4 },
                { x: Math.SQRT1_2, y: 1000 },
              ],
              seriesColours[6],
              { dash: dashes[2] },
            ),
            ...[...groupBy(all, momentumOf)].flatMap(([beta1, group], i) => {
              const points = group.map((one) => ({
                x: gammaOf(one),
                y: Math.max(1e-4, one.radius / one.config.optimizer.lr),
              }));
              return [
                line("", points, seriesColours[i], { dash: dashes[i] }),
                marks(`β₁ = ${beta1}`, points, seriesColours[i], { shape: shapes[i % shapes.length], radius: 6 }),
              ];
            }),
          ],
        },
      ],
    },
    content: [
      {
        header: ["ζ = γ", "β₁", "radius (η)", "turns"],
        rows: all.map((one) => [
          number(gammaOf(one)),
          number(momentumOf(one)),
          number(one.radius / one.config.optimizer.lr, 3),
          number(one.turns, 3),
        ]),
      },
    ],
  };
}
