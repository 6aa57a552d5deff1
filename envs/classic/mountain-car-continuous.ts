import { cosine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import { mountainCarPicture } from "../pictures/mountain-car.js";
import { Box } from "../spaces/index.js";

const parameters = {
  power: { default: 0.0015, description: "push of the engine at full throttle, per step²; a negative one swaps sides" },
  gravity: { default: 0.0025, description: "gravity along the slope, per step²" },
  goalPosition: { default: 0.45, description: "where the flag stands" },
  goalVelocity: { default: 0, description: "least velocity at the flag that counts as arriving" },
} as const;

const LEFT_END = -1.2;
const RIGHT_END = 0.6;
const FASTEST = 0.07;
const round = Math.fround;

/**
 * The dynamics of the weak car with a throttle a ∈ [−1, 1], N copies at once.
 *
 *     ẋ += a·power − gravity·cos 3x, clipped to ±0.07
 *     x += ẋ, clipped to [−1.2, 0.6]; at the left end the car stops
 *
 * Reward −0.1 a², and 100 more on arriving. Terminates at x ≥ goalPosition with ẋ ≥ goalVelocity. Starts at rest, x
 * uniform on [−0.6, −0.4).
 *
 * Gymnasium keeps this state in float32 after the first step, the start in float64, and NumPy's rules then make every
 * sum with a float32 a float32. So it is here: a position that float32 cannot hold is a fresh start, which moves in
 * float64 and is rounded once.
 *
 * Source: Moore (1990); `gymnasium/envs/classic_control/continuous_mountain_car.py`.
 */
class MountainCarContinuous implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  #values!: Readonly<Record<keyof typeof parameters, number>>;

  constructor(readonly copies: number) {
    this.state = new Float64Array(2 * copies);
    this.rewards = new Float64Array(copies);
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
    const { copies, state, rewards, terminated } = this;
    const { power, gravity, goalPosition, goalVelocity } = this.#values;
    const fastest = round(FASTEST);
    const leftEnd = round(LEFT_END);
    for (let i = 0; i < copies; i++) {
      const x = state[i];
      const action = round(actions[i]);
      const isStart = round(x) !== x;
      const pull = gravity * cosine(isStart ? 3 * x : round(3 * x));
      const push = round(round(action * round(power)) - round(pull));
      let velocity = isStart ? state[copies + i] + push : round(state[copies + i] + push);
      velocity = round(Math.min(Math.max(velocity, -fastest), fastest));
      const next = Math.min(Math.max(round(x + velocity), leftEnd), round(RIGHT_END));
      if (next === leftEnd && velocity < 0) velocity = 0;
      state[i] = next;
      state[copies + i] = velocity;
      const arrived = next >= round(goalPosition) && velocity >= round(goalVelocity);
      terminated[i] = arrived ? 1 : 0;
      rewards[i] = (arrived ? 100 : 0) - action * action * 0.1;
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    into[offset] = this.state[copy];
    into[offset + 1] = this.state[this.copies + copy];
  }
}

export const mountainCarContinuous: EnvSpec = {
  id: "MountainCarContinuous-v0",
  description: "the weak car with a throttle; 100 for the flag, less the fuel",
  maxEpisodeSteps: 999,
  observationSpace: new Box([LEFT_END, -FASTEST], [RIGHT_END, FASTEST]),
  actionSpace: new Box([-1], [1]),
  stateNames: ["x", "xDot"],
  parameters,
  numpySeeding: true,
  reference: {
    kind: "stored",
    source: "A2C of the Stable-Baselines3 zoo, 100k steps",
    value: (_parameters, rewardScale) => rewardScale * 91.2,
  },
  picture: mountainCarPicture,
  dynamics: (copies) => new MountainCarContinuous(copies),
};
