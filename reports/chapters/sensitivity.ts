import { z } from "zod";
import { mean } from "../../src/stats/index.js";
import type { CheckedRun } from "../parts/report.js";
import { groupBy, summaryNumber } from "../parts/select.js";
import { type Told, toldOf } from "./family.js";

/** What is read of a run of a classifier under RMSprop. */
export const needs = z.object({
  problem: z.object({
    network: z.object({ activation: z.string(), normalization: z.string(), hidden: z.array(z.number()) }),
  }),
  optimizer: z.object({ lr: z.number(), rho: z.number() }),
  score: z.object({ last: z.number() }),
});
type Run = CheckedRun<z.output<typeof needs>>;

/** Runs of one network at one η and ρ. */
export interface Cell {
  readonly activation: string;
  readonly normalization: string;
  readonly lr: number;
  readonly rho: number;
  /** seed → the final loss; infinite where the run diverged */
  readonly losses: ReadonlyMap<number, number>;
}

export function surface(runs: readonly Run[]): Cell[] {
  const key = ({ config: { problem, optimizer } }: Run) =>
    JSON.stringify([problem.network.activation, problem.network.normalization, optimizer.lr, optimizer.rho]);
  return [...groupBy(runs, key).values()].map((group) => {
    const { problem, optimizer } = group[0].config;
    const { activation, normalization } = problem.network;
    const losses = new Map(group.map((run) => [run.seed, lossOf(run)]));
    return { activation, normalization, lr: optimizer.lr, rho: optimizer.rho, losses };
  });
}

function lossOf(run: Run): number {
  const loss = summaryNumber(run, "score");
  return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
}

export const meanLoss = ({ losses }: Cell) => mean([...losses.values()]);

/** What a bad choice of ρ costs one network at one η. */
export interface Price {
  readonly activation: string;
  readonly normalization: string;
  readonly lr: number;
  readonly best: number;
  readonly worst: number;
  /** loss at the worst ρ minus loss at the best, by seed, in nats */
  readonly costs: ReadonlyMap<number, number>;
}

/**
 * The loss at the worst ρ minus that at the best, at each η. Best and worst are found by the mean over the seeds with
 * odd numbers and judged on those with even ones: else noise alone would make a price.
 */
export function prices(cells: readonly Cell[]): Price[] {
  const groups = groupBy(cells, ({ activation, normalization, lr }) => JSON.stringify([activation, normalization, lr]));
  return [...groups.values()].map((group) => {
    const sought = (cell: Cell) => mean([...cell.losses].flatMap(([seed, loss]) => (seed % 2 === 1 ? [loss] : [])));
    const best = group.reduce((a, b) => (sought(b) < sought(a) ? b : a));
    const worst = group.reduce((a, b) => (sought(b) > sought(a) ? b : a));
    const judged = [...worst.losses].filter(([seed]) => seed % 2 === 0);
    const costs = new Map(judged.map(([seed, loss]) => [seed, loss - (best.losses.get(seed) ?? Number.NaN)]));
    const { activation, normalization, lr } = group[0];
    return { activation, normalization, lr, best: best.rho, worst: worst.rho, costs };
  });
}

/** A normalised network's price against that of the plain one, at the same η. */
export interface Relief extends Told {
  readonly activation: string;
  readonly normalization: string;
  readonly lr: number;
}

/** Price with normalisation minus price without, by seed; below zero ρ matters less. */
export function reliefs(all: readonly Price[]): Relief[] {
  const found = all.flatMap((price) => {
    if (price.normalization === "none") return [];
    const plain = all.find(
      ({ activation, normalization, lr }) =>
        normalization === "none" && activation === price.activation && lr === price.lr,
    );
    const differences = [...price.costs].map(([seed, cost]) => cost - (plain?.costs.get(seed) ?? Number.NaN));
    return [{ activation: price.activation, normalization: price.normalization, lr: price.lr, differences }];
  });
  return toldOf(found);
}
