import { tabular } from "./tabular.js";

/**
 * Two states, two actions: 0 stays, 1 crosses with probability `cross`. The reward is that of the state in which a
 * step ends. The smallest problem on which a policy must change when the rewards swap.
 *
 * From state 0 with rewards 0 and 1 the best return of H steps is Σ_{h=1…H} (1 − (1 − cross)ʰ).
 */
export const twoStateMdp = tabular({
  id: "TwoStateMdp-v0",
  description: "two states, stay or cross; the reward of the state where each of 20 steps ends",
  maxEpisodeSteps: 20,
  states: 2,
  actions: 2,
  starts: [1, 0],
  parameters: {
    cross: { default: 0.9, low: 0, high: 1, description: "probability that action 1 leads to the other state" },
    reward0: { default: 0, description: "reward of ending a step in state 0" },
    reward1: { default: 1, description: "reward of ending a step in state 1" },
  },
  table({ cross, reward0, reward1 }) {
    const to = (probability: number, next: number) => {
      return { probability, next, reward: next === 0 ? reward0 : reward1, terminated: false };
    };
    const list = (s: number) => [to(cross, 1 - s), to(1 - cross, s)].filter(({ probability }) => probability > 0);
    return [0, 1].map((s) => [[to(1, s)], list(s)]);
  },
});
