import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tasks } from "../../src/cli/tasks.js";
import { planStudy } from "../../src/study/grid.js";
import { loadStudy } from "../../src/study/load.js";
import { train } from "./train.js";

const file = join(import.meta.dirname, "../../agents/learning.yaml");
const { experiments } = planStudy(loadStudy(file), tasks, "wasm");

/** The least mean return of a run's last 100 episodes, on the first seeds. */
const bars: Readonly<Record<string, { readonly bar: number; readonly seeds: number }>> = {
  "cartpole-reinforce": { bar: 400, seeds: 2 },
  "cartpole-a2c": { bar: 400, seeds: 3 },
  "cartpole-ppo": { bar: 490, seeds: 2 },
  "acrobot-ppo": { bar: -86, seeds: 1 },
  "pendulum-ppo": { bar: -180, seeds: 1 },
  "mountaincarcontinuous-ppo": { bar: 90, seeds: 1 },
  // Its bar of −115 is one of the mean; single runs scatter around theirs by 7.
  "mountaincar-ppo": { bar: -120, seeds: 1 },
};

it("holds every experiment of the study to a bar", () => {
  expect(experiments.map(({ name }) => name)).toEqual(Object.keys(bars));
});

describe.each(experiments)("the experiment $name of agents/learning.yaml", (experiment) => {
  const { bar, seeds } = bars[experiment.name];
  const runs = "runs" in experiment ? experiment.runs.slice(0, seeds) : [];

  it.each(runs)("reaches its bar with seed $seed", ({ config, seed }) => {
    const { result } = train(config, seed);
    expect(result.outcome).toEqual({ kind: "completed" });
    expect(result.summary.meanReturnLast100).toBeGreaterThanOrEqual(bar);
  });
});
