import type { VectorEnv } from "../envs/vector.js";
import { InputError } from "../src/config/input-error.js";
import type { Engine } from "../src/kernels/engine.js";
import type { RandomStream } from "../src/rng/random-stream.js";
import type { Agent } from "./agent.js";

/** A moment of an episode. */
export interface EpisodeMoment {
  /** The environment's variables, in the order of its `stateNames`. */
  readonly state: readonly number[];
  readonly parameters: Readonly<Record<string, number>>;
  /** The sum of the rewards so far. */
  readonly return: number;
}

/**
 * An episode that an agent plays without learning, moment by moment: before the first step, and after each.
 *
 *     const env = makeVector("CartPole-v1", { copies: 1, autoreset: "disabled", streams: new Streams(7) });
 *     const moments = recordEpisode(agent, engine, env);
 *
 * @param engine the agent's
 * @param env one copy that waits where its episode has ended
 * @param stream draws actions from the policy; without one each is the policy's mode
 */
export function recordEpisode(agent: Agent, engine: Engine, env: VectorEnv, stream?: RandomStream): EpisodeMoment[] {
  const { copies, spec } = env;
  if (copies !== 1) throw new InputError(`${spec.id}: copies: expected 1 to record an episode of, found ${copies}`);
  const observation = engine.allocate(spec.observationSpace.size);
  const action = new Float32Array(spec.actionSpace.width);
  let sum = 0;
  const moment = () => ({ state: env.save().state, parameters: env.parameters.snapshot(), return: sum });
  env.reset(observation);
  const moments: EpisodeMoment[] = [moment()];
  do {
    agent.act(observation, action, stream);
    env.step(action, observation);
    sum += env.rewards[0];
    moments.push(moment());
  } while (!(env.terminated[0] | env.truncated[0]));
  return moments;
}
