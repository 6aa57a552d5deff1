// An agent of one's own, outside of the package: a loop over a vector of environments and an optimizer's step.
// node my-agent.mjs
import { Streams } from "ringdown";
import { makeVector } from "ringdown/envs";
import { createOptimizer } from "ringdown/optim";

// REINFORCE without a network: a preference for each arm of a bandit, π = softmax(preferences),
// gradient of −(r − r̄) ln π(a):  −(r − r̄) (1[k = a] − π(k)), averaged over the copies.
const streams = new Streams(1);
const copies = 32;
const env = makeVector("BernoulliBandit-v0", { copies, streams });
const arms = env.spec.actionSpace.n;
const preferences = new Float64Array(arms);
const gradients = new Float64Array(arms);
const optimizer = createOptimizer({ name: "rmsprop", lr: 0.02, rho: 0.99 });
const state = optimizer.init(preferences);
const draws = streams.get("policy"); // all randomness comes from named streams of the seed
const actions = new Float64Array(copies);
const policy = new Float64Array(arms);

env.reset();
let average = 0;
for (let update = 0; update < 500; update++) {
  const most = Math.max(...preferences);
  const weights = preferences.map((preference) => Math.exp(preference - most));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  for (let k = 0; k < arms; k++) policy[k] = weights[k] / sum;
  for (let i = 0; i < copies; i++) {
    let left = draws.uniform();
    let arm = 0;
    while (arm < arms - 1 && left >= policy[arm]) left -= policy[arm++];
    actions[i] = arm;
  }
  env.step(actions);
  gradients.fill(0);
  for (let i = 0; i < copies; i++) {
    const advantage = (env.rewards[i] - average) / copies;
    for (let k = 0; k < arms; k++) gradients[k] -= advantage * ((k === actions[i] ? 1 : 0) - policy[k]);
  }
  average += 0.05 * (env.rewards.reduce((total, reward) => total + reward, 0) / copies - average);
  optimizer.step(preferences, gradients, state);
}
console.log(JSON.stringify({ best: policy.indexOf(Math.max(...policy)), averageReward: average }));
