import { limitCycle } from "../../../src/theory/limit-cycle.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { needs, type Orbit, orbits } from "../orbits.js";
import { curve, dashes, shapes } from "../styles.js";

/** RMSprop on the bilinear game from near and far: its cycle has a size of its own. */
export const ganRmsprop = defineClaim({
  name: "gan-rmsprop",
  words: "RMSprop alone may aggravate the cycling of a GAN.",
  source: "second chapter, GANs",
  needs,
  find: ({ runs }) => finding(orbits(runs)),
});

/** The radius of RMSprop's own cycle, simultaneous play: η √(8/(1 − ρ)). */
export const cycleOf = ({ config: { order, optimizer } }: Orbit) =>
  limitCycle({ order, lr: optimizer.lr, beta1: 0, beta2: optimizer.rho ?? 0 }).radius;

function finding(all: readonly Orbit[]): Finding {
  const rms = all.filter(({ config }) => config.optimizer.rho !== undefined);
  const sgd = all.filter(({ config }) => config.optimizer.rho === undefined);
  const wider = rms.filter(({ radius, start }) => radius > 1.02 * start);
  const closer = rms.filter(({ radius, start }) => radius < start / 1.02);
  const asLaw = rms.filter((one) => one.radius > one.start === cycleOf(one) > one.start);
  const longMemory = rms.filter(({ config }) => (config.optimizer.rho ?? 0) >= 0.99);
  const error = Math.max(...longMemory.map((one) => Math.abs(one.radius / cycleOf(one) - 1)));
  const growth = sgd.map(({ radius, start }) => radius / start);
  return {
    verdict: closer.length === 0 ? "true" : wider.length === 0 ? "false" : "depends",
    decides: `boundary: the start's distance η√(8/(1 − ρ)); wider in ${wider.length}, closer in ${closer.length} of ${rms.length}`,
    because: `Bilinear game, simultaneous, η = ${rms[0].config.optimizer.lr}, no noise, one run each. RMSprop comes to a cycle of radius η√(8/(1 − ρ)) (within ${number(100 * error, 2)} % for ρ ≥ 0.99), wherever it starts: from nearer it widens the cycling, in ${wider.length} runs, from farther it narrows it, in ${closer.length}; the law tells which in ${asLaw.length} of ${rms.length}. Gradient descent at that η always widens, ${number(Math.min(...growth), 3)}-fold in these steps and without bound. Longer memory, wider cycle. Networks: the cycling report.`,
    figure: {
      title: `RMSprop's own cycle, η√(8/(1 − ρ)), tells in ${asLaw.length} of ${rms.length} runs whether it widens the cycling (${wider.length}) or narrows it (${closer.length})`,
      caption:
        "Bilinear game, simultaneous play: radius over the last half of the run against the distance of the start. Lines: η√(8/(1 − ρ)); dotted: as at the start. Above the dotted line the cycling is aggravated.",
      columns: 1,
      panelWidth: 1000,
      panelHeight: 620,
      panels: [
        {
          title: "Radius at the end",
          x: { title: "distance of the start from the equilibrium", scale: "logarithmic" },
          y: { title: "radius over the last half", scale: "logarithmic" },
          series: [
            line(
              "as at the start",
              curve(0.01, 10, (start) => start, "logarithmic"),
              seriesColours[6],
              { dash: dashes[2] },
            ),
            ...[...groupBy(all, ({ label }) => label)].flatMap(([label, group], i) => [
              ...(group[0].config.optimizer.rho === undefined
                ? []
                : [
                    line(
                      "",
                      curve(0.01, 10, () => cycleOf(group[0]), "logarithmic"),
                      seriesColours[i],
                      { dash: dashes[i] },
                    ),
                  ]),
              marks(
                label,
                group.map(({ start, radius }) => ({ x: start, y: radius })),
                seriesColours[i],
                {
                  shape: shapes[i % shapes.length],
                  radius: 6,
                },
              ),
            ]),
          ],
        },
      ],
    },
    content: [
      {
        header: ["optimizer", "start", "radius at the end", "η√(8/(1 − ρ))", "turns"],
        rows: all.map((one) => [
          one.label,
          number(one.start),
          number(one.radius, 4),
          one.config.optimizer.rho === undefined ? "∞" : number(cycleOf(one), 4),
          number(one.turns, 3),
        ]),
      },
    ],
  };
}
