import { rlTables } from "../../agents/tables.js";
import { completed, finishedRun } from "./finished-run.js";

/** A drift of the force or the reward that comes at listed steps. */
export const drift = <Steps extends [number, ...number[]]>(parameter: string, steps: Steps, values: number[]) => ({
  parameter,
  schedule: { name: "at" as const, steps },
  update: { name: "cycle" as const, values },
});

interface Intervention {
  readonly at: "change" | number | { every: number };
  readonly after?: number;
  readonly do: "resetSquareAverage" | "restart" | "freeze";
}

interface Parts<Drift> {
  readonly seed: number;
  readonly optimizer?: object;
  readonly clip?: number | null;
  readonly drift: Drift;
  readonly interventions?: readonly Intervention[] | undefined;
  readonly steps?: number;
  /** The length of the episodes that end at a step. */
  length(step: number): number;
  /** The norm of the gradient of the update after a step. */
  gradient?(step: number): number;
}

/** A run on CartPole as reports see it: two copies; every 20 steps an episode of each ends and an update is made. */
export function cartpoleRun<Drift>({ seed, clip = null, interventions = [], length, gradient, ...rest }: Parts<Drift>) {
  const { optimizer, drift: changes, steps = 2000 } = rest;
  const clocks = Array.from({ length: steps / 20 }, (_, i) => 20 * (i + 1));
  const step = clocks.flatMap((clock) => [clock, clock]);
  const config = {
    env: { copies: 2, drift: changes },
    agent: { maxGradientNorm: clip, rollout: 10 },
    optimizer: { name: "rmsprop", rho: 0.9, lr: 0.001, ...optimizer },
    steps,
    interventions: interventions.map((one) => ({ after: 0, ...one })),
  };
  const norms = clocks.map((clock) => gradient?.(clock) ?? 1);
  return finishedRun({
    task: "rl",
    id: JSON.stringify([config, seed]),
    config,
    seed,
    tables: {
      episodes: completed(rlTables.episodes, { step, length: step.map(length), return: step.map(length) }),
      metrics: completed(
        { ...rlTables.metrics, columns: { ...rlTables.metrics.columns, ...rlTables.metrics.further } },
        {
          step: clocks,
          gradientNorm: norms,
          updateNorm: norms.map((norm) => 0.01 * norm),
          rootSquareAverage: norms,
          clippedShare: norms.map((norm) => (clip !== null && norm > clip ? 1 : 0)),
        },
      ),
    },
  });
}
