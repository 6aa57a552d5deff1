import type { VectorEnv } from "../envs/vector.js";
import type { Engine } from "../src/kernels/engine.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import type { Agent } from "./agent.js";

/**
 * The returns of whole episodes that an agent plays without learning, copy by copy: the same number from each copy, so
 * that short episodes do not come first.
 *
 *     const env = makeVector("CartPole-v1", { copies: 4, streams: new Streams(7), parameters: { length: 1 } });
 *     const returns = evaluate(agent, engine, env, 20);
 *
 * @param engine the agent's
 * @param env of its own, at most as many copies as the agent learns from; its parameters say what is evaluated
 * @param episodes of each copy
 * @param stream draws actions from the policy; without one each is the policy's mode
 */
export function evaluate(
  agent: Agent,
  engine: Engine,
  env: VectorEnv,
  episodes: number,
  stream?: RandomStream,
): Float64Array {
  const { copies, spec } = env;
  const observations = engine.allocate(copies * spec.observationSpace.size);
  const actions = new Float32Array(copies * spec.actionSpace.width);
  const returns = new Float64Array(copies * episodes);
  const ended = new Int32Array(copies);
  env.reset(observations);
  while (ended.some((count) => count < episodes)) {
    agent.act(observations, actions, stream);
    env.step(actions, observations);
    for (let i = 0; i < copies; i++) {
      if (!(env.terminated[i] | env.truncated[i])) continue;
      if (ended[i] < episodes) returns[i * episodes + ended[i]] = env.episodeReturns[i];
      ended[i]++;
    }
  }
  return returns;
}
