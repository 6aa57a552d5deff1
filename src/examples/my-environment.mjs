// An environment of one's own, and an agent that learns on it while it drifts: node my-environment.mjs
import { createTraining, rlTaskSchema } from "ringdown/agents";
import { register, tabular } from "ringdown/envs";

// A corridor of five cells, from its middle; the right end pays `right`, the left end pays `left`.
register(
  tabular({
    id: "Corridor-v0",
    description: "five cells; either end pays and ends the episode",
    maxEpisodeSteps: 20,
    states: 5,
    actions: 2,
    starts: [0, 0, 1, 0, 0],
    parameters: {
      right: { default: 1, description: "reward of the right end" },
      left: { default: 0.2, description: "reward of the left end" },
    },
    table({ right, left }) {
      const move = (state, action) => {
        const next = Math.min(4, Math.max(0, state + (action === 1 ? 1 : -1)));
        const reward = next === 4 ? right : next === 0 ? left : 0;
        return [{ probability: 1, next, reward, terminated: next === 0 || next === 4 }];
      };
      return Array.from({ length: 5 }, (_, state) => [0, 1].map((action) => move(state, action)));
    },
  }),
);

// From now on it is known by its id, to every configuration in this process.
const config = rlTaskSchema.parse({
  env: {
    id: "Corridor-v0",
    drift: [{ parameter: "right", schedule: { name: "at", steps: [6000] }, update: { name: "cycle", values: [-1] } }],
  },
  agent: { name: "a2c" },
  steps: 12_000,
});
const { agent, env } = createTraining(config, { seed: 1, engine: "wasm" });
const returns = [];
while (agent.collect(config.steps - env.clock, (_, episodeReturn) => returns.push(episodeReturn))) agent.learn(false);

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
console.log(JSON.stringify({ episodes: returns.length, atTheEnd: mean(returns.slice(-100)) }));
