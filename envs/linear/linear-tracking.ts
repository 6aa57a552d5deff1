import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import { Box } from "../spaces/index.js";

const parameters = {
  target: { default: 1, description: "where the state should be; not observed" },
  decay: { default: 0.9, description: "a: fraction of the state that stays" },
  gain: { default: 1, description: "b: effect of the action; a negative one inverts it" },
  noise: { default: 0.1, low: 0, description: "standard deviation of the noise on the state" },
} as const;

const STEPS = 100;

/**
 * The dynamics of noisy linear tracking, N copies at once: a scalar linear system to be held at a hidden target.
 *
 *     x' = a x + b u + σ N(0, 1)         reward = −(x' − target)²
 *
 * The best action is u = (target − a x)/b, and what remains is the noise: −σ² a step, −100 σ² an episode, whatever the
 * target. Starts with x uniform on [−1, 1).
 */
class LinearTracking implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  #values!: Readonly<Record<keyof typeof parameters, number>>;

  constructor(readonly copies: number) {
    this.state = new Float64Array(copies);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies);
    this.parameters = new Parameters(parameters, (values) => {
      this.#values = values;
    });
  }

  start(copy: number, stream: RandomStream): void {
    this.state[copy] = stream.uniform(-1, 1);
  }

  step(actions: ArrayLike<number>, streams: readonly RandomStream[]): void {
    const { target, decay, gain, noise } = this.#values;
    for (let i = 0; i < this.copies; i++) {
      const x = decay * this.state[i] + gain * Math.fround(actions[i]) + noise * streams[i].normal();
      this.state[i] = x;
      this.rewards[i] = -(x - target) * (x - target);
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    into[offset] = this.state[copy];
  }
}

export const linearTracking: EnvSpec = {
  id: "LinearTracking-v0",
  description: "hold a noisy linear system at a hidden target; the squared distance is the cost",
  maxEpisodeSteps: STEPS,
  observationSpace: new Box([Number.NEGATIVE_INFINITY], [Number.POSITIVE_INFINITY]),
  actionSpace: new Box([Number.NEGATIVE_INFINITY], [Number.POSITIVE_INFINITY]),
  stateNames: ["x"],
  parameters,
  reference: {
    kind: "closed form",
    source: "−σ² a step under u = (target − a x)/b",
    value: ({ noise, gain }, rewardScale) =>
      rewardScale >= 0 && gain !== 0 ? -rewardScale * STEPS * noise * noise : undefined,
  },
  dynamics: (copies) => new LinearTracking(copies),
};
