import { z } from "zod";
import { problemTables } from "../../../src/problems/tables.js";
import { type Interval, studentInterval } from "../../../src/stats/index.js";
import { tableOf } from "../../../src/study/read.js";
import {
  type Client,
  clientsStep,
  descentStep,
  type Step,
  serverStep,
  stepsToBeSure,
} from "../../../src/theory/federated.js";
import { seriesColours } from "../../parts/colours.js";
import { intervalText } from "../../parts/interval.js";
import { extent, intervals, line, marks, type Panel } from "../../parts/panel.js";
import type { CheckedRun } from "../../parts/report.js";
import { groupBy } from "../../parts/select.js";
import { number, seedsText } from "../../parts/text.js";
import { defineClaim, type Finding } from "../claim.js";
import { differences, family, type Told, toldSign } from "../family.js";
import { curve, dashes, shapes } from "../styles.js";

const needs = z.object({
  problem: z.object({
    rule: z.enum(["server", "clients"]),
    deviations: z.array(z.number()),
    centres: z.array(z.number()),
    shares: z.array(z.number()).optional(),
    start: z.number(),
  }),
  optimizer: z.object({ name: z.enum(["sgd", "rmsprop"]), lr: z.number() }),
});
type Config = z.output<typeof needs>;

/** Ten clients that agree, one of them noisy: what is left of a step by where the normalisation is done. */
export const federatedNoise = defineClaim({
  name: "federated-noise",
  words: "In federated learning a noisy client dominates a global v and slows all.",
  source: "second chapter, federated learning",
  needs,
  find: async ({ runs, seeds }) => finding(conditions(await progresses(runs)), seeds.length),
});

/** Where the rule works; what its step should do. */
const placeOf = ({ problem, optimizer }: Config) =>
  optimizer.name === "sgd" ? "descent" : problem.rule === "server" ? "server" : "clients";
type Place = ReturnType<typeof placeOf>;
const laws: Readonly<Record<Place, (clients: readonly Client[]) => Step>> = {
  descent: descentStep,
  server: serverStep,
  clients: clientsStep,
};

/** What one run's steps did, in units of η. */
export interface Progress {
  readonly place: Place;
  readonly clients: readonly Client[];
  readonly label: string;
  readonly shares: string;
  /** σ of the last client */
  readonly noise: number;
  readonly seed: number;
  /** mean way of a step towards the minimum */
  readonly advance: number;
  /** steps until the mean way is twice the spread of the copies */
  readonly sure: number;
}

export async function progresses(runs: readonly CheckedRun<Config>[]): Promise<Progress[]> {
  return Promise.all(
    runs.map(async (run) => {
      const { problem, optimizer } = run.config;
      const { step, position, spread } = await tableOf(run, problemTables.metrics, "position", "spread");
      const last = step.length - 1;
      // The first quarter is left out: v is an average of few squares there.
      const advance = (position[0] - position[last]) / (step[last] - step[0]) / optimizer.lr;
      const deviation = spread[last] / Math.sqrt(step[last]) / optimizer.lr;
      const weights = problem.shares ?? problem.deviations.map(() => 1);
      const sum = weights.reduce((a, b) => a + b, 0);
      return {
        place: placeOf(run.config),
        clients: problem.deviations.map((sigma, k) => ({
          share: weights[k] / sum,
          mean: problem.start - problem.centres[k],
          deviation: sigma,
        })),
        label: run.condition["+rule"],
        shares: run.condition["+shares"],
        noise: problem.deviations[problem.deviations.length - 1],
        seed: run.seed,
        advance,
        sure: stepsToBeSure({ advance, variance: deviation * deviation }),
      };
    }),
  );
}

/** The runs of one condition over their seeds. */
export interface Condition extends Pick<Progress, "place" | "clients" | "label" | "shares" | "noise"> {
  readonly advances: readonly number[];
  readonly sures: readonly number[];
  readonly law: Step;
}

export function conditions(all: readonly Progress[]): Condition[] {
  return [...groupBy(all, ({ label, shares, noise }) => `${label} ${shares} ${noise}`).values()].map((group) => ({
    ...group[0],
    advances: group.map(({ advance }) => advance),
    sures: group.map(({ sure }) => sure),
    law: laws[group[0].place](group[0].clients),
  }));
}

/** Of one place and share: the noisiest against the quietest, and the tests of progress at the server against clients. */
export function against(all: readonly Condition[]) {
  const pairs = [...groupBy(all, ({ shares, noise }) => `${shares} ${noise}`).values()].map((group) => {
    const of = (place: Place) => group.find((one) => one.place === place) as Condition;
    return {
      shares: group[0].shares,
      noise: group[0].noise,
      server: of("server"),
      clients: of("clients"),
      descent: of("descent"),
    };
  });
  const tests = family(pairs.map(({ clients, server }) => differences(clients.advances, server.advances)));
  return pairs.map((pair, i): typeof pair & { test: Told } => ({ ...pair, test: tests[i] }));
}

/** What part of the server's v comes from the last client. */
export function shareOfLast(clients: readonly Client[]): number {
  const mean = clients.reduce((sum, one) => sum + one.share * one.mean, 0);
  const parts = clients.map(({ share, deviation }) => share * share * deviation * deviation);
  return parts[parts.length - 1] / parts.reduce((sum, part) => sum + part, mean * mean);
}

function finding(all: readonly Condition[], seeds: number): Finding {
  const pairs = against(all);
  const equal = pairs.filter(({ shares }) => shares === pairs[0].shares).sort((a, b) => a.noise - b.noise);
  const [first, last] = [equal[0], equal[equal.length - 1]];
  const worst = Math.max(
    ...all.map(({ advances, law }) => Math.abs(studentInterval(advances).estimate / law.advance - 1)),
  );
  const slows = studentInterval(last.server.advances.map((value, i) => value / first.server.advances[i]));
  const dominated = shareOfLast(last.server.clients);
  const told = toldSign(last.test);
  const holds = told > 0 && slows.high < 0.5 && dominated > 0.5;
  const boundary = equal.find(({ server }) => shareOfLast(server.clients) > 0.5);
  const sure = ({ sures }: Condition) => intervalText(studentInterval(sures), 3);
  return {
    verdict: holds ? "true" : told > 0 ? "depends" : told < 0 ? "false" : "not distinguishable",
    decides: `progress of a step at σ = ${number(last.noise)}: ${number(studentInterval(last.server.advances).estimate, 3)} η at the server, ${number(studentInterval(last.clients.advances).estimate, 3)} η at the clients`,
    because: `${last.clients.clients.length} clients with one minimum and μ = 1, σ = 1 but for the last; n = ${seeds} seeds, paired, 95 % intervals, Holm's p over ${pairs.length} comparisons. With σ = ${number(last.noise)} at the last, an equal share, a global v leaves ${intervalText(slows, 3)} of the progress that it makes at σ = ${number(first.noise)}, and ${number(100 * dominated, 3)} % of v are that client's; normalised at the clients a step goes ${intervalText(last.test.difference, 3)} η further (p = ${number(last.test.p, 2)}, detectable ${number(last.test.detectable, 2)}). ${boundary === undefined ? "" : `Of the noises tried the client holds more than half of v from σ = ${number(boundary.noise)} on.`} It is not v's fault alone: a larger η would undo the slowing, and the way is twice its spread, whatever η, after ${sure(last.descent)} steps by plain SGD, ${sure(last.server)} with a global v and ${sure(last.clients)} with local ones. The noise is in the mean gradient; local normalisation bounds it. Both send ${2 * last.clients.clients.length} numbers a step and parameter. Closed forms for long memories are met within ${number(100 * worst, 2)} %.`,
    figure: {
      title: `One noisy client of ${last.clients.clients.length}: σ = ${number(last.noise)} leaves a global v ${number(100 * slows.estimate, 2)} % of its progress, local ones ${number((100 * studentInterval(last.clients.advances).estimate) / studentInterval(first.clients.advances).estimate, 2)} %`,
      caption: `Left and middle: mean way of a step by the last client's noise, which holds a share of the mean as told above each panel. Right: steps until the mean way is twice its spread, a measure in which η cancels, equal shares. Means over ${seedsText(seeds)} as marks with 95 % intervals, mostly within the marks; closed forms for a long memory as lines.`,
      columns: 3,
      panelWidth: 620,
      panelHeight: 560,
      panels: [
        ...[...groupBy(all, ({ shares }) => shares)].map(([shares, group]) =>
          panel(
            group.filter(({ place }) => place !== "descent"),
            `Progress of a step; the noisy client's share: ${shares}`,
            "mean way of a step (η)",
            ({ advances }) => studentInterval(advances),
            ({ advance }) => advance,
          ),
        ),
        panel(
          all.filter(({ shares }) => shares === pairs[0].shares),
          "Steps until the way is sure",
          "steps",
          ({ sures }) => studentInterval(sures),
          stepsToBeSure,
        ),
      ],
    },
    content: [
      {
        header: [
          "share of the noisy client",
          "σ",
          "rule",
          "progress (η)",
          "closed form",
          "steps until sure",
          "closed form",
        ],
        rows: all.map(({ shares, noise, label, advances, sures, law }) => [
          shares,
          number(noise),
          label,
          intervalText(studentInterval(advances), 3),
          number(law.advance, 3),
          intervalText(studentInterval(sures), 3),
          number(stepsToBeSure(law), 3),
        ]),
      },
    ],
  };
}

const places: readonly Place[] = ["server", "clients", "descent"];

function panel(
  all: readonly Condition[],
  title: string,
  y: string,
  measured: (one: Condition) => Interval,
  law: (step: Step) => number,
): Panel {
  const [low, high] = extent(all.map(({ noise }) => noise));
  return {
    title,
    x: { title: "σ of the noisy client (the others: 1)", scale: "logarithmic" },
    y: { title: y, scale: "logarithmic" },
    series: [...groupBy(all, ({ label }) => label)].flatMap(([label, group]) => {
      const { place, clients } = group[0];
      const style = places.indexOf(place);
      const withNoise = (noise: number) =>
        clients.map((one, k) => (k === clients.length - 1 ? { ...one, deviation: noise } : one));
      const bars = group.map((one) => ({ x: one.noise, ...measured(one) }));
      return [
        line(
          "",
          curve(low, high, (noise) => law(laws[place](withNoise(noise))), "logarithmic"),
          seriesColours[style],
          {
            dash: dashes[style],
          },
        ),
        ...intervals(
          bars.filter((bar) => bar.low > 0),
          seriesColours[style],
        ),
        marks(
          label,
          bars.map(({ x, estimate }) => ({ x, y: estimate })),
          seriesColours[style],
          { shape: shapes[style] },
        ),
      ];
    }),
  };
}
