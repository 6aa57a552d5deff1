import { norm } from "../../../src/math/elementary/roots.js";
import { firstStep, type Stabilised, scaleOfShortening } from "../../../src/theory/stabiliser.js";
import { seriesColours } from "../../parts/colours.js";
import { line, marks, type Panel } from "../../parts/panel.js";
import { groupBy } from "../../parts/select.js";
import { number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { curve, dashes, shapes } from "../styles.js";
import { factor, needs, type ScaledPath, scaledPaths } from "./scale-invariance.js";

/** RMSprop with ε on a loss times c: another path where c √v does not dwarf ε. */
export const stabiliser = defineClaim({
  name: "stabiliser",
  words: "ε breaks scale invariance only slightly.",
  source: "first chapter, scale invariance",
  needs,
  find: async ({ runs }) => finding(await scaledPaths(runs)),
});

function finding(paths: readonly ScaledPath[]): Finding {
  const without = paths.filter(({ eps }) => eps === 0);
  const lawError = Math.max(...paths.map(({ first, law }) => Math.abs(first / law - 1)));
  const torch = paths.filter(({ eps, epsPlacement }) => eps === 1e-8 && epsPlacement === "outside");
  const [smallest] = torch.slice().sort((a, b) => a.scale - b.scale);
  const unscaled = torch.find(({ scale }) => scale === 1) ?? smallest;
  const shortened = 1 - smallest.first / without[0].first;
  const boundary = scaleOfShortening(torch[0], Math.min(...torch[0].gradients), 0.5);
  const [slight, strong] = [unscaled.deviation < 1e-3, shortened > 0.1];
  return {
    verdict: slight && strong ? "depends" : slight ? "true" : "false",
    decides: `ε = 10⁻⁸: the path moves by ${number(unscaled.deviation, 1)} at c = 1, the first step is ${number(100 * shortened, 2)} % shorter at c = ${number(smallest.scale, 1)}`,
    because: `A quadratic without noise, one run a factor and ε. With ε = 10⁻⁸ outside the root the path moves by ${number(unscaled.deviation, 1)} at c = 1, but at c = ${number(smallest.scale, 1)} the first step is ${number(100 * shortened, 2)} % shorter. The boundary is a size of the gradient: the least gradient's step halves at c |g| √(1 − ρ) = ε outside, here c = ${number(boundary, 2)}, and at c |g| √(1 − ρ) = √(ε/3) inside; ε has the unit of a gradient outside, of its square inside. The first step's law is met within ${number(lawError, 1)}.`,
    figure: {
      title: `ε decides where c|g| comes down to it: 1/${number(1 / (1 - shortened), 2)} of the step at c = ${number(smallest.scale, 1)}, a change of ${number(unscaled.deviation, 1)} at c = 1`,
      caption: `A quadratic of curvatures ${paths[0].gradients.join(" and ")}, RMSprop with ρ = ${paths[0].rho}. Left: the boundaries at which ε takes 1 % and 50 % of the flat direction's first step, in closed form; runs beyond 1 % and within it as marks. Equal slopes tell the unit: outside the root ε is a gradient, inside a gradient squared. Right: length of the first step, closed form as lines and runs as marks.`,
      columns: 2,
      panelWidth: 800,
      panelHeight: 560,
      panels: [regimes(paths), firstSteps(paths)],
    },
    content: [
      {
        header: ["ε", "c", "largest distance", "first step (η)", "closed form (η)"],
        rows: paths.map(({ label, scale, deviation, first, law }) => [
          label,
          number(scale, 4),
          number(deviation, 2),
          number(first, 5),
          number(law, 5),
        ]),
      },
    ],
  };
}

function firstSteps(paths: readonly ScaledPath[]): Panel {
  return {
    title: "The first step shrinks where ε is not small against c|g|",
    x: factor,
    y: { title: "length of the first step (units of η)", scale: "logarithmic", min: 1e-4, max: 10 },
    series: [...groupBy(paths, ({ label }) => label)].flatMap(([label, group], i) => {
      const law = (scale: number) => norm(group[0].gradients.map((one) => firstStep(group[0], one, scale)));
      const measured = group.map(({ scale, first }) => ({ x: scale, y: first }));
      const style = { colour: seriesColours[i], dash: dashes[i], shape: shapes[i] };
      return [
        line("", curve(1e-8, 1e8, law, "logarithmic"), style.colour, { dash: style.dash }),
        marks(label, measured, style.colour, { shape: style.shape }),
      ];
    }),
  };
}

function regimes(paths: readonly ScaledPath[]): Panel {
  const { rho, gradients } = paths[0];
  const flat = Math.min(...gradients);
  const boundary = (epsPlacement: Stabilised["epsPlacement"], share: number) =>
    curve(1e-10, 1e-2, (eps) => scaleOfShortening({ rho, eps, epsPlacement }, flat, share), "logarithmic");
  const outside = paths.filter(({ eps, epsPlacement }) => eps > 0 && epsPlacement === "outside");
  const shortened = ({ first, scale }: ScaledPath) =>
    first < 0.99 * (paths.find((path) => path.eps === 0 && path.scale === scale)?.first ?? Number.NaN);
  const at = (chosen: readonly ScaledPath[]) => chosen.map(({ eps, scale }) => ({ x: eps, y: scale }));
  return {
    title: "Regimes: below a line ε takes more than that share",
    x: { title: "ε", scale: "logarithmic" },
    y: { title: "factor c on the loss", scale: "logarithmic", min: 1e-8, max: 1e8 },
    series: [
      line("outside, 1 %", boundary("outside", 0.01), seriesColours[0]),
      line("outside, 50 %", boundary("outside", 0.5), seriesColours[0], { dash: dashes[1] }),
      line("inside, 1 %", boundary("inside", 0.01), seriesColours[1]),
      line("inside, 50 %", boundary("inside", 0.5), seriesColours[1], { dash: dashes[1] }),
      marks("run outside: > 1 %", at(outside.filter(shortened)), seriesColours[0], { shape: "crossRot" }),
      marks("≤ 1 %", at(outside.filter((path) => !shortened(path))), seriesColours[0]),
    ],
  };
}
