import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import { studentInterval } from "../../../src/stats/index.js";
import { colours, seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { line, logarithmicBounds } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy, summaryNumber } from "../../parts/select.js";
import { listText, number, rangeText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { factor, pText, type Told, toldOf, toldSign } from "../family.js";
import { categories, estimates, shapes } from "../styles.js";

const needs = z.object({
  problem: z.discriminatedUnion("name", [
    z.object({ name: z.literal("quadratic") }),
    z.object({
      name: z.literal("classification"),
      initialScale: z.number(),
      network: z.object({ hidden: z.array(z.number()) }),
    }),
  ]),
  optimizer: z.object({ name: z.string(), lr: z.number() }),
});
type Config = z.output<typeof needs>;
type Run = CheckedRun<Config>;

/** Landscapes from convex ones to networks started ever nearer to a saddle, every optimizer at its tuned η. */
export const smoothLandscapes = defineClaim({
  name: "smooth-landscapes",
  words: "Smooth landscapes favour SGD, those full of saddles RMSprop and Adam.",
  source: "second chapter, architecture search",
  needs,
  find: ({ runs }) => finding(compare(runs)),
});

/** `convex`; `network`, from the usual start; `saddle`, from weights scaled down towards the saddle at zero. */
export type Kind = "convex" | "network" | "saddle";

export function kindOf({ problem }: Config): Kind {
  if (problem.name === "quadratic" || problem.network.hidden.length === 0) return "convex";
  return problem.initialScale < 1 ? "saddle" : "network";
}

/** An optimizer against SGD in one landscape. */
export interface Comparison extends Told {
  readonly landscape: string;
  readonly kind: Kind;
  readonly optimizer: string;
  readonly lr: number;
  readonly sgdLr: number;
  /** final losses by seed */
  readonly losses: readonly number[];
  readonly sgd: readonly number[];
}

/** ln loss of SGD minus ln loss of the other, by seed: above zero the other is better. */
export function compare(runs: readonly Run[]): Comparison[] {
  const found = [...groupBy(runs, ({ condition }) => condition.problem)].flatMap(([landscape, group]) => {
    const byOptimizer = [...groupBy(group, ({ condition }) => condition.optimizer)];
    const sgd = group.filter(({ config }) => config.optimizer.name === "sgd");
    return byOptimizer.flatMap(([optimizer, some]) => {
      if (some[0].config.optimizer.name === "sgd") return [];
      const [losses, others] = [some, sgd].map((each) => each.map((run) => summaryNumber(run, "score")));
      return [
        {
          landscape,
          kind: kindOf(some[0].config),
          optimizer,
          lr: some[0].config.optimizer.lr,
          sgdLr: sgd[0].config.optimizer.lr,
          losses,
          sgd: others,
          differences: losses.map((loss, i) => log(others[i] / loss)),
        },
      ];
    });
  });
  return toldOf(found);
}

/** The claim is of two halves: SGD wins where it is smooth, and loses near saddles. */
export function verdictOf(all: readonly Comparison[]): Finding["verdict"] {
  const signs = (kind: Kind) => all.filter((one) => one.kind === kind).map(toldSign);
  const [smooth, saddle] = [signs("convex"), signs("saddle")];
  const [wins, loses] = [smooth.every((sign) => sign === -1), saddle.every((sign) => sign === 1)];
  if (wins && loses) return "true";
  if (all.every((one) => toldSign(one) === 0)) return "not distinguishable";
  return wins || loses || saddle.some((sign) => sign === 1) ? "depends" : "false";
}

const percent = (difference: number) => 100 * (exp(difference) - 1);

/** A difference that hardly matters, in per cent of the loss. */
const margin = 10;
const isWithin = ({ difference: { low, high } }: Comparison) => percent(low) > -margin && percent(high) < margin;

function finding(all: readonly Comparison[]): Finding {
  const n = all[0].seeds;
  const of = (kind: Kind) => all.filter((one) => one.kind === kind);
  const count = (kind: Kind, sign: number) => of(kind).filter((one) => toldSign(one) === sign).length;
  const part = (kind: Kind, what: string) =>
    `${what} SGD is better in ${count(kind, -1)} of ${of(kind).length} comparisons and worse in ${count(kind, 1)}`;
  const text = ({ landscape, optimizer, difference: { estimate, low, high }, p }: Comparison) =>
    `${landscape}, ${optimizer} ${intervalText({ estimate: percent(estimate), low: percent(low), high: percent(high) }, 2)} %, ${pText(p)}`;
  const detectable = all.filter(({ kind }) => kind === "convex").map((one) => percent(one.detectable));
  return {
    verdict: verdictOf(all),
    decides: `SGD better in ${count("convex", -1)} of ${of("convex").length} smooth comparisons, worse in ${count("saddle", 1)} of ${of("saddle").length} near a saddle`,
    because: `Every optimizer at the η tuned for the landscape on other seeds, n = ${n} seeds, final loss: ${part("convex", "on convex landscapes")}; ${part("network", "on networks from the usual start")}; ${part("saddle", "on networks started near the saddle at zero")} (paired t-tests of ln loss, Holm over ${all.length} at 5 %). SGD's loss above the other's: ${all.map(text).join("; ")}. On convex landscapes the 95 % interval lies within ±${margin} % in ${of("convex").filter(isWithin).length} of ${of("convex").length} comparisons; the smallest difference that would have shown is ${rangeText(detectable)} % of the loss.`,
    figure: {
      title: `SGD is better in ${count("convex", -1)} of ${of("convex").length} comparisons where it is smooth, worse in ${count("saddle", 1)} of ${of("saddle").length} near a saddle`,
      caption: `Final loss at the tuned η, n = ${n} seeds. Quadratics of condition κ with noisy gradients, then networks on two moons. Left: SGD's loss over that of the other by seed, geometric mean and 95 % interval; above 1 the other is better. Right: the losses, mean and 95 % interval. Near a saddle: a deep network whose initial weights are scaled down, the scale in brackets.`,
      columns: 2,
      panelWidth: 960,
      panelHeight: 540,
      panels: [ratioPanel(all), lossPanel(all)],
    },
    content: [
      {
        header: [
          "landscape",
          "kind",
          "optimizer",
          "η",
          "SGD's η",
          "loss",
          "SGD's loss",
          "SGD's above it (%)",
          "p (Holm)",
        ],
        rows: all.map((one) => [
          one.landscape,
          one.kind,
          one.optimizer,
          number(one.lr),
          number(one.sgdLr),
          intervalText(studentInterval(one.losses), 3),
          intervalText(studentInterval(one.sgd), 3),
          number(percent(one.difference.estimate), 3),
          pText(one.p),
        ]),
      },
      `Compared are ${listText([...new Set(all.map(({ optimizer }) => optimizer))])} with SGD. How far the start is from the saddle is set, and nothing else is changed between the deep networks.`,
    ],
  };
}

const landscapesOf = (all: readonly Comparison[]) => [...new Set(all.map(({ landscape }) => landscape))];

function ratioPanel(all: readonly Comparison[]) {
  const landscapes = landscapesOf(all);
  const optimizers = [...groupBy(all, ({ optimizer }) => optimizer)];
  return {
    title: "SGD's loss over the other's",
    x: categories("landscape", landscapes),
    y: { title: "ratio", scale: "logarithmic" as const },
    series: [
      line(
        "",
        [
          { x: -1, y: 1 },
          { x: landscapes.length, y: 1 },
        ],
        colours.black,
        { width: 1 },
      ),
      ...optimizers.flatMap(([optimizer, group], i) => {
        const at = ({ landscape }: Comparison) => landscapes.indexOf(landscape) + (i - 1) * 0.16;
        return estimates(
          optimizer,
          group.map((one) => ({ x: at(one), ...factor(one.difference) })),
          seriesColours[i + 1],
          { shape: shapes[i + 1], radius: 7 },
        );
      }),
    ],
  };
}

function lossPanel(all: readonly Comparison[]) {
  const landscapes = landscapesOf(all);
  const [[, first]] = [...groupBy(all, ({ optimizer }) => optimizer)];
  const entries = [
    ["SGD", first.map(({ landscape, sgd }) => ({ landscape, losses: sgd }))] as const,
    ...groupBy(all, ({ optimizer }) => optimizer),
  ];
  const shown = entries.flatMap(([, group]) => group.map(({ losses }) => studentInterval(losses).estimate));
  return {
    title: "Final loss",
    x: categories("landscape", landscapes),
    y: {
      title: "loss (quadratics: as it is; others: nats)",
      scale: "logarithmic" as const,
      ...logarithmicBounds(shown, 2),
    },
    series: entries.flatMap(([name, group], i) => {
      const found = group.map(({ landscape, losses }) => ({
        x: landscapes.indexOf(landscape) + (i - 1.5) * 0.13,
        ...studentInterval(losses),
      }));
      return estimates(
        name,
        found.map((one) => ({ ...one, low: Math.max(one.low, one.estimate / 100) })),
        seriesColours[i],
        { shape: shapes[i], radius: 6 },
      );
    }),
  };
}
