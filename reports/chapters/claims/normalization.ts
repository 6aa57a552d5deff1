import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import { studentInterval } from "../../../src/stats/index.js";
import { colours, seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { extent, intervals, line, marks, type Panel } from "../../parts/panel.js";
import { listText, number } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { pText, toldSign, verdictOfSigns } from "../family.js";
import { type Cell, meanLoss, needs, type Price, prices, type Relief, reliefs, surface } from "../sensitivity.js";
import { categories, dashes, shapes } from "../styles.js";

/** The final loss over η × ρ of a network without normalisation, with layer and with batch normalisation. */
export const normalization = defineClaim({
  name: "normalization",
  words: "With batch or layer normalisation the choice of ρ matters less.",
  source: "second chapter, normalisation layers",
  needs,
  find: ({ runs }) => finding(surface(runs)),
});

/** Where a normalisation makes the price of a bad ρ smaller, and where larger, for certain. */
export function counts(all: readonly Relief[], normalization: string) {
  const some = all.filter((one) => one.normalization === normalization);
  return {
    settings: some.length,
    less: some.filter((one) => toldSign(one) < 0),
    more: some.filter((one) => toldSign(one) > 0),
  };
}

export function verdictOf(all: readonly Relief[]): Finding["verdict"] {
  // A relief is below zero.
  return verdictOfSigns(all.map((one) => -toldSign(one)));
}

const namesOf = (all: readonly { readonly normalization: string }[]) => [
  ...new Set(all.map(({ normalization }) => normalization)),
];

function finding(cells: readonly Cell[]): Finding {
  const found = prices(cells);
  const compared = reliefs(found);
  const normalized = namesOf(compared);
  const n = found[0].costs.size;
  const rates = (some: readonly Relief[]) => listText(some.map(({ activation, lr }) => `${activation}, η = ${lr}`));
  const text = normalized.map((name) => {
    const { settings, less, more } = counts(compared, name);
    return `with ${name} normalisation ρ matters less in ${less.length} of ${settings} settings (${rates(less)}) and more in ${more.length} (${rates(more)})`;
  });
  const short = normalized.map(
    (name) => `${name} ${counts(compared, name).less.length} of ${counts(compared, name).settings}`,
  );
  const tuned = atBestRate(cells, found);
  const tunedText = tuned.map(
    ({ activation, normalization, lr, costs }) =>
      `${activation}, ${normalization}: ${intervalText(studentInterval([...costs.values()]), 2)} at η = ${lr}`,
  );
  const detectable = compared.map((one) => one.detectable);
  return {
    verdict: verdictOf(compared),
    decides: `ρ matters less for certain with ${short.join(", with ")} settings`,
    because: `Networks of three hidden layers on two spirals, ρ = ${listText([...new Set(cells.map(({ rho }) => String(rho)))])}. The price of a bad ρ is the final loss at the worst ρ minus that at the best, chosen by the odd seeds and measured on the even ones (n = ${n}), at each η; compared with the network without normalisation by seed, Holm over ${compared.length} comparisons at 5 %: ${text.join("; ")}. At the η that is best for each network the price is ${tunedText.join("; ")} nats (95 % intervals). The smallest difference of prices that would have shown: ${number(extent(detectable)[0], 2)} to ${number(extent(detectable)[1], 2)} nats.`,
    figure: {
      title: `Batch normalisation makes ρ matter less in ${counts(compared, "batch").less.length} of ${counts(compared, "batch").settings} settings, layer normalisation in ${counts(compared, "layer").less.length} of ${counts(compared, "layer").settings}`,
      caption: `First: what the worst ρ costs against the best, mean over n = ${n} seeds that did not choose them, 95 % intervals. Then the final loss over η × ρ, the darker the smaller, on one scale for all. The loss is that of new batches before the step; batch normalisation sees each of them by itself, so that its losses are not those of the others: prices compare, losses do not.`,
      columns: Math.min(4, 1 + namesOf(cells).length),
      panelWidth: 520,
      panelHeight: 500,
      panels: activationsOf(cells).flatMap((activation) => [
        pricePanel(found.filter((one) => one.activation === activation)),
        ...namesOf(cells).map((name) => heatPanel(cells, activation, name)),
      ]),
    },
    content: [
      {
        header: [
          "activation",
          "normalisation",
          "η",
          "best ρ",
          "worst ρ",
          "price of the worst (nats)",
          "minus that without",
          "p (Holm)",
        ],
        rows: found.map((price) => {
          const relief = compared.find(
            ({ activation, normalization, lr }) =>
              activation === price.activation && normalization === price.normalization && lr === price.lr,
          );
          return [
            price.activation,
            price.normalization,
            number(price.lr),
            number(price.best),
            number(price.worst),
            intervalText(studentInterval([...price.costs.values()]), 2),
            relief === undefined ? "" : intervalText(relief.difference, 2),
            relief === undefined ? "" : pText(relief.p),
          ];
        }),
      },
    ],
  };
}

/** The price at the η whose loss is the least over all ρ, by network. */
function atBestRate(cells: readonly Cell[], all: readonly Price[]): Price[] {
  return activationsOf(cells).flatMap((activation) =>
    namesOf(cells).flatMap((normalization) => {
      const some = cells.filter((cell) => cell.activation === activation && cell.normalization === normalization);
      const { lr } = some.reduce((a, b) => (meanLoss(b) < meanLoss(a) ? b : a));
      return all.filter(
        (price) => price.activation === activation && price.normalization === normalization && price.lr === lr,
      );
    }),
  );
}

const activationsOf = (all: readonly Cell[]) => [...new Set(all.map(({ activation }) => activation))];

function pricePanel(all: readonly Price[]): Panel {
  const rates = [...new Set(all.map(({ lr }) => lr))];
  return {
    title: `Price of the worst ρ, ${all[0].activation}`,
    x: categories("η", rates.map(String)),
    y: { title: "loss at the worst ρ − at the best (nats)" },
    series: namesOf(all).flatMap((name, i) => {
      const some = all.filter(({ normalization }) => normalization === name);
      const shift = (i - 1) * 0.12;
      const found = some.map(({ lr, costs }) => ({
        x: rates.indexOf(lr) + shift,
        ...studentInterval([...costs.values()]),
      }));
      const points = found.map(({ x, estimate }) => ({ x, y: estimate }));
      return [
        ...intervals(found, seriesColours[i]),
        line("", points, seriesColours[i], { dash: dashes[i], width: 1 }),
        marks(name === "none" ? "no normalisation" : name, points, seriesColours[i], { shape: shapes[i], radius: 6 }),
      ];
    }),
  };
}

function heatPanel(cells: readonly Cell[], activation: string, name: string): Panel {
  const some = cells.filter((cell) => cell.activation === activation && cell.normalization === name);
  const [rates, rhos] = [[...new Set(some.map(({ lr }) => lr))], [...new Set(some.map(({ rho }) => rho))]];
  const [low, high] = extent(cells.map((cell) => log(meanLoss(cell))).filter(Number.isFinite));
  const best = some.reduce((a, b) => (meanLoss(b) < meanLoss(a) ? b : a));
  return {
    title: `${activation}, ${name === "none" ? "no normalisation" : `${name} normalisation`}\nloss ${number(exp(low), 2)} (dark) to ${number(exp(high), 2)} (light)`,
    x: categories("η", rates.map(String)),
    y: categories("ρ", rhos.map(String)),
    series: [
      marks("", [{ x: rates.indexOf(best.lr), y: rhos.indexOf(best.rho) }], colours.black, {
        shape: "ring",
        radius: 10,
      }),
    ],
    heat: {
      x: some.map(({ lr }) => rates.indexOf(lr)),
      y: some.map(({ rho }) => rhos.indexOf(rho)),
      value: some.map((cell) => {
        const share = (high - log(meanLoss(cell))) / (high - low);
        return Number.isFinite(share) ? share : null;
      }),
      colours: "rank",
    },
  };
}
