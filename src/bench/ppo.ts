import { ppo } from "../../agents/ppo.js";
import { makeVector } from "../../envs/index.js";
import { createEngine } from "../kernels/create.js";
import { createOptimizer } from "../optim/index.js";
import { Streams } from "../rng/streams.js";
import type { Subject } from "./measure.js";

const hidden = 64;
const [steps, epochs] = [128, 4];

/** Operations of one row through a network with this many outputs. */
const perRow = (outputs: number) => 2 * (4 * hidden + hidden * hidden + hidden * outputs);

/**
 * A round of PPO on CartPole with the agent's defaults, all included: playing a rollout, values, advantages, four epochs
 * of four minibatches with Adam.
 */
export function ppoRound(engineName: string, copies: number): Subject {
  const engine = createEngine(engineName);
  const streams = new Streams(1);
  const env = makeVector("CartPole-v1", { copies, streams });
  const rows = copies * steps;
  const parts = {
    ...{ engine, env, streams, steps: rows },
    optimizer: createOptimizer({ name: "adam", lr: 2.5e-4, eps: 1e-5 }, engine),
    network: { hidden: [hidden, hidden], activation: "tanh", slope: 0 } as const,
  };
  // Annealed over a single round, the updates would be zero from the second on.
  const agent = ppo.create(ppo.schema.parse({ name: "ppo", rollout: steps, epochs, annealLearningRate: false }), parts);
  const forward = perRow(2) + perRow(1);
  // Acting, old probabilities and values; in each epoch a forward and two more products of its size, but the input's.
  const operations = rows * (perRow(2) + forward + epochs * (3 * forward - 2 * (2 * 4 * hidden)));
  return {
    name: `PPO on CartPole-v1, a round of ${copies} copies × ${steps} steps, all included`,
    engine: engineName,
    operations,
    stepsPerCall: rows,
    run() {
      agent.collect(rows, () => {});
      agent.learn(false);
    },
  };
}
