import { cosine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import { mountainCarPicture } from "../pictures/mountain-car.js";
import { Box, Discrete } from "../spaces/index.js";

const parameters = {
  force: { default: 0.001, description: "push of the engine, per step²; a negative one swaps left and right" },
  gravity: { default: 0.0025, description: "gravity along the slope, per step²" },
  goalPosition: { default: 0.5, description: "where the flag stands" },
  goalVelocity: { default: 0, description: "least velocity at the flag that counts as arriving" },
} as const;

const LEFT_END = -1.2;
const RIGHT_END = 0.6;
const FASTEST = 0.07;

/**
 * The dynamics of a car too weak for its hill, N copies at once.
 *
 *     ẋ += (action − 1)·force − gravity·cos 3x, clipped to ±0.07
 *     x += ẋ, clipped to [−1.2, 0.6]; at the left end the car stops
 *
 * Reward −1 for every step. Terminates at x ≥ goalPosition with ẋ ≥ goalVelocity. Starts at rest, x uniform on
 * [−0.6, −0.4). The operations stand in Gymnasium's order.
 *
 * Source: Moore (1990); `gymnasium/envs/classic_control/mountain_car.py`.
 */
class MountainCar implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  #values!: Readonly<Record<keyof typeof parameters, number>>;

  constructor(readonly copies: number) {
    this.state = new Float64Array(2 * copies);
    this.rewards = new Float64Array(copies).fill(-1);
    this.terminated = new Uint8Array(copies);
    this.parameters = new Parameters(parameters, (values) => {
      this.#values = values;
    });
  }

  start(copy: number, stream: RandomStream): void {
    this.state[copy] = stream.uniform(-0.6, -0.4);
    this.state[this.copies + copy] = 0;
  }

  step(actions: ArrayLike<number>): void {
    const { copies, state, terminated } = this;
    const { force, gravity, goalPosition, goalVelocity } = this.#values;
    for (let i = 0; i < copies; i++) {
      const x = state[i];
      const pushed = state[copies + i] + ((actions[i] - 1) * force + cosine(3 * x) * -gravity);
      let velocity = Math.min(Math.max(pushed, -FASTEST), FASTEST);
      const next = Math.min(Math.max(x + velocity, LEFT_END), RIGHT_END);
      if (next === LEFT_END && velocity < 0) velocity = 0;
      state[i] = next;
      state[copies + i] = velocity;
      terminated[i] = next >= goalPosition && velocity >= goalVelocity ? 1 : 0;
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    into[offset] = this.state[copy];
    into[offset + 1] = this.state[this.copies + copy];
  }
}

export const mountainCar: EnvSpec = {
  id: "MountainCar-v0",
  description: "drive a weak car up a hill by gathering speed; −1 a step until the flag",
  maxEpisodeSteps: 200,
  observationSpace: new Box([LEFT_END, -FASTEST], [RIGHT_END, FASTEST]),
  actionSpace: new Discrete(3),
  stateNames: ["x", "xDot"],
  parameters,
  numpySeeding: true,
  reference: {
    kind: "stored",
    source: "PPO of the Stable-Baselines3 zoo, 1M steps",
    value: (_parameters, rewardScale) => rewardScale * -110.4,
  },
  picture: mountainCarPicture,
  dynamics: (copies) => new MountainCar(copies),
};
