import { z } from "zod";
import { exp } from "../../../src/math/elementary/exponential.js";
import { log } from "../../../src/math/elementary/logarithm.js";
import { problemTables } from "../../../src/problems/tables.js";
import { geometricMeanInterval, mean, studentInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import { clientsRest } from "../../../src/theory/federated.js";
import { seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { extent, intervals, line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy, hasDiverged } from "../../parts/select.js";
import { number, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { differences, family, type Told, toldSign } from "../family.js";
import { categories, curve, dashes, estimates, shapes } from "../styles.js";
import { chooseAndJudge, tuned } from "../tuned.js";

const needs = z.object({
  problem: z.object({
    rule: z.enum(["server", "clients"]),
    localSteps: z.number(),
    centres: z.array(z.number()),
    deviations: z.array(z.number()),
  }),
  optimizer: z.object({ name: z.enum(["sgd", "rmsprop"]), lr: z.number() }),
});
type Config = z.output<typeof needs>;

/** Nine clients agree, the tenth wants another model and may be noisy: how well is each served at the end? */
export const federatedFairness = defineClaim({
  name: "federated-fairness",
  words: "Normalising gradients at each client is fairer to the clients than one global v.",
  source: "second chapter, federated learning",
  needs,
  find: async ({ runs }) => finding(cells(await served(runs))),
});

/** How well one run served the clients, over the last quarter of its steps. */
export interface Served {
  readonly label: string;
  /** the rule in a few words, for an axis */
  readonly short: string;
  /** RMSprop at each client or at the server, the clients averaged after every step; or any other rule */
  readonly kind: "local" | "global" | "other";
  readonly distance: number;
  readonly noise: number;
  readonly centres: readonly number[];
  readonly deviations: readonly number[];
  readonly lr: number;
  readonly seed: number;
  readonly loss: number;
  /** of the client with the largest loss */
  readonly worst: number;
  readonly position: number;
  /** numbers sent to the server and back, a parameter */
  readonly sent: number;
}

const kindOf = ({ problem, optimizer }: Config) =>
  optimizer.name !== "rmsprop" || problem.localSteps > 1 ? "other" : problem.rule === "server" ? "global" : "local";

const shortOf = ({ problem: { rule, localSteps }, optimizer }: Config) =>
  `${optimizer.name === "sgd" ? "SGD, " : ""}${rule}${localSteps > 1 ? `, ${localSteps} steps` : ""}`;

export async function served(runs: readonly CheckedRun<Config>[]): Promise<Served[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const names = problem.centres.map((_, k) => `loss${k}`);
      const table = await tableOf(run, problemTables.metrics, "loss", "position", "sent", ...names);
      const late = (name: string) => mean(table[name].subarray(Math.floor((table[name].length * 3) / 4)));
      const failed = hasDiverged(run);
      const last = problem.centres.length - 1;
      return {
        label: run.condition["+rule"],
        short: shortOf(run.config),
        kind: kindOf(run.config),
        distance: problem.centres[last],
        noise: problem.deviations[last],
        centres: problem.centres,
        deviations: problem.deviations,
        lr: optimizer.lr,
        seed: run.seed,
        loss: failed ? Number.POSITIVE_INFINITY : late("loss"),
        worst: failed ? Number.POSITIVE_INFINITY : Math.max(...names.map(late)),
        position: late("position"),
        sent: table.sent[table.sent.length - 1],
      };
    }),
  );
}

/** One rule at its best learning rate for one distance and noise, over the seeds that judge. */
export interface Rule
  extends Pick<Served, "label" | "short" | "kind" | "distance" | "noise" | "centres" | "deviations" | "sent"> {
  readonly lr: number;
  readonly atEdge: boolean;
  readonly losses: readonly number[];
  readonly worsts: readonly number[];
  readonly positions: readonly number[];
}

/** All rules at one distance and noise; the test is of ln of the worst client's loss, local minus global. */
export interface Cell {
  readonly distance: number;
  readonly noise: number;
  readonly rules: readonly Rule[];
  readonly local: Rule;
  readonly global: Rule;
  readonly test: Told;
}

export function cells(all: readonly Served[]): Cell[] {
  const found = [...groupBy(all, ({ distance, noise }) => `${distance} ${noise}`).values()].map((group) => {
    const rules = [...groupBy(group, ({ label }) => label).values()].map((some): Rule => {
      const { choosing, judging } = chooseAndJudge(some);
      const { best, atEdge } = tuned(choosing.map((one) => ({ ...one, score: one.loss })));
      const judged = judging.filter(({ lr }) => lr === best.lr);
      return {
        ...best,
        atEdge,
        losses: judged.map(({ loss }) => loss),
        worsts: judged.map(({ worst }) => worst),
        positions: judged.map(({ position }) => position),
      };
    });
    const of = (kind: Rule["kind"]) => rules.find((one) => one.kind === kind) as Rule;
    return { distance: group[0].distance, noise: group[0].noise, rules, local: of("local"), global: of("global") };
  });
  const logs = ({ worsts }: Rule) => worsts.map(log);
  const tests = family(found.map(({ local, global }) => differences(logs(local), logs(global))));
  return found.map((one, i) => ({ ...one, test: tests[i] }));
}

/** How many times the worst client's loss under local normalisation is that under a global v. */
const ratio = ({ local, global }: Cell) =>
  geometricMeanInterval(local.worsts.map((worst, i) => worst / global.worsts[i]));

function finding(all: readonly Cell[]): Finding {
  const [fairer, less] = [all.filter(({ test }) => toldSign(test) < 0), all.filter(({ test }) => toldSign(test) > 0)];
  const seeds = all[0].local.worsts.length;
  const place = ({ distance, noise }: Cell) => `D = ${number(distance)}, σ = ${number(noise)}`;
  const text = (cell: Cell) => `${place(cell)}: ${intervalText(ratio(cell), 3)} (p = ${number(cell.test.p, 2)})`;
  const detectable = Math.max(...all.map(({ test }) => test.detectable));
  const edges = all.flatMap(({ local, global }) => [local, global]).filter(({ atEdge }) => atEdge).length;
  return {
    verdict:
      fairer.length > 0 && less.length > 0
        ? "depends"
        : fairer.length > 0
          ? "true"
          : less.length > 0
            ? "false"
            : "not distinguishable",
    decides: `the worst-served client is better off in ${fairer.length} of ${all.length} settings, worse off in ${less.length}`,
    because: `Nine clients with one minimum, the tenth's at a distance D with noise σ (the others 1); η tuned for each rule and setting by the mean loss on a seed of its own; n = ${seeds} other seeds, paired, 95 % intervals of ratios, Holm's p over ${all.length} settings. Loss of the worst-served client, local over global: ${all.map(text).join("; ")}. A single test could have seen a factor of ${number(exp(detectable), 3)} in the least certain setting. Local normalisation changes the objective: it rests where Σ w (θ − c)/√((θ − c)² + σ²) = 0, near the median of the clients, so the one who differs or is noisy is outvoted; where his noise keeps a global v from moving, it still serves all. ${edges === 0 ? "None of their tuned η stands at an end of those tried." : `${edges} of their ${2 * all.length} tuned η stand at an end of those tried.`}`,
    figure: {
      title: `Local normalisation serves the worst-served client better in ${fairer.length} of ${all.length} settings and worse in ${less.length}`,
      caption: `Left: loss of the worst-served client under local normalisation over that under a global v, geometric means over ${seedsText(seeds)} with 95 % intervals; the line at 1 is the boundary. Middle: where the model comes to rest, the last client's noise as the others': with a global v at the mean of the clients, with local ones at the law's compromise. Right: mean loss and worst client's loss of all rules at the largest distance and noise.`,
      columns: 3,
      panelWidth: 620,
      panelHeight: 580,
      panels: [boundary(all), rests(all), byRule(all[all.length - 1])],
    },
    content: [
      {
        header: [
          "D",
          "σ",
          "rule",
          "tuned η",
          "mean loss",
          "worst client's loss",
          "where it rests",
          "numbers sent, a parameter",
        ],
        rows: all.flatMap(({ rules }) =>
          rules.map(({ distance, noise, label, lr, losses, worsts, positions, sent }) => [
            number(distance),
            number(noise),
            label,
            number(lr),
            intervalText(studentInterval(losses), 3),
            intervalText(studentInterval(worsts), 3),
            intervalText(studentInterval(positions), 3),
            number(sent),
          ]),
        ),
      },
    ],
  };
}

function boundary(all: readonly Cell[]): Panel {
  const [low, high] = extent(all.map(({ distance }) => distance));
  return {
    title: "Worst-served client: local over global",
    x: { title: "distance D of the client that differs", scale: "logarithmic" },
    y: { title: "ratio of losses" },
    series: [
      line(
        "equally fair",
        curve(low, high, () => 1, "logarithmic", 1),
        seriesColours[6],
        { width: 1 },
      ),
      ...[...groupBy(all, ({ noise }) => noise)].flatMap(([noise, group], i) => {
        const bars = group.map((cell) => ({ x: cell.distance, ...ratio(cell) }));
        const points = bars.map(({ x, estimate }) => ({ x, y: estimate }));
        return [
          line("", points, seriesColours[i], { dash: dashes[i] }),
          ...estimates(`its noise σ = ${number(noise)}`, bars, seriesColours[i], { shape: shapes[i], radius: 6 }),
        ];
      }),
    ],
  };
}

function rests(all: readonly Cell[]): Panel {
  const quiet = all.filter(({ noise }) => noise === Math.min(...all.map((cell) => cell.noise)));
  const [low, high] = extent(quiet.map(({ distance }) => distance));
  const { centres, deviations } = quiet[0].local;
  const share = 1 / centres.length;
  const law = (distance: number) =>
    clientsRest(
      deviations.map((deviation, k) => ({ share, centre: k < centres.length - 1 ? 0 : distance, deviation })),
    );
  return {
    title: "Where the model comes to rest",
    x: { title: "distance D of the client that differs", scale: "logarithmic" },
    y: { title: "θ at the end", scale: "logarithmic", min: low / 100 },
    series: [
      line(
        "the mean of the clients",
        curve(low, high, (distance) => distance * share, "logarithmic"),
        seriesColours[0],
      ),
      line("the law of local normalisation", curve(low, high, law, "logarithmic"), seriesColours[1], {
        dash: dashes[1],
      }),
      ...(["global", "local"] as const).flatMap((kind, i) => {
        const bars = quiet.map((cell) => ({ x: cell.distance, ...studentInterval(cell[kind].positions) }));
        return estimates(
          { global: "measured, global v", local: "measured, local v" }[kind],
          bars.map((bar) => ({ ...bar, low: Math.max(bar.low, low / 100) })),
          seriesColours[i],
          { shape: shapes[i], radius: 6 },
        );
      }),
    ],
  };
}

function byRule({ rules, distance, noise }: Cell): Panel {
  return {
    title: `All rules at D = ${number(distance)}, σ = ${number(noise)}`,
    x: categories(
      "rule",
      rules.map(({ short }) => short),
    ),
    y: { title: "loss at the end", scale: "logarithmic" },
    series: (["losses", "worsts"] as const).flatMap((which, i) => {
      const bars = rules.map((rule, x) => ({ x, ...studentInterval(rule[which]) }));
      return [
        ...intervals(
          bars.filter(({ low }) => low > 0),
          seriesColours[i],
        ),
        marks(
          { losses: "mean of the clients", worsts: "worst-served client" }[which],
          bars.map(({ x, estimate }) => ({ x, y: estimate })),
          seriesColours[i],
          { shape: shapes[i], radius: 6 },
        ),
      ];
    }),
  };
}
