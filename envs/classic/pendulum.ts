import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import { pendulumPicture } from "../pictures/pendulum.js";
import { Box } from "../spaces/index.js";

const parameters = {
  gravity: { default: 10, description: "gravity, m/s²" },
  mass: { default: 1, description: "mass of the rod, kg", positive: true },
  length: { default: 1, description: "length of the rod, m", positive: true },
  dt: { default: 0.05, description: "time between two steps, s", positive: true },
} as const;

const FASTEST = 8;
const STRONGEST = 2;
const round = Math.fround;

/**
 * The dynamics of a pendulum to be swung up by a torque u ∈ [−2, 2] N m, N copies at once; θ = 0 is upright.
 *
 *     reward = −(angle(θ)² + 0.1 θ̇² + 0.001 u²)        of the state before the step, angle in [−π, π)
 *     θ̇ += (3·gravity/(2·length) sin θ + 3/(mass·length²) u) dt, clipped to ±8
 *     θ += θ̇ dt                                        (the new velocity moves the position)
 *
 * Never terminates. Starts with θ uniform on [−π, π) and θ̇ on [−1, 1). The torque is a float32, and NumPy's rules
 * keep its products float32, as here.
 *
 * Source: `gymnasium/envs/classic_control/pendulum.py`.
 */
class Pendulum implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  #dt!: number;
  #pull!: number;
  #torque!: number;

  constructor(readonly copies: number) {
    this.state = new Float64Array(2 * copies);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies);
    this.parameters = new Parameters(parameters, ({ gravity, mass, length, dt }) => {
      this.#dt = dt;
      this.#pull = (3 * gravity) / (2 * length);
      this.#torque = round(3 / (mass * (length * length)));
    });
  }

  start(copy: number, stream: RandomStream): void {
    this.state[copy] = stream.uniform(-Math.PI, Math.PI);
    this.state[this.copies + copy] = stream.uniform(-1, 1);
  }

  step(actions: ArrayLike<number>): void {
    const { copies, state, rewards } = this;
    for (let i = 0; i < copies; i++) {
      const theta = state[i];
      const thetaDot = state[copies + i];
      const torque = round(actions[i]);
      const angle = normalised(theta);
      rewards[i] = -(angle * angle + 0.1 * (thetaDot * thetaDot) + round(round(0.001) * round(torque * torque)));
      const pushed = thetaDot + (this.#pull * sine(theta) + round(this.#torque * torque)) * this.#dt;
      const velocity = Math.min(Math.max(pushed, -FASTEST), FASTEST);
      state[i] = theta + velocity * this.#dt;
      state[copies + i] = velocity;
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    into[offset] = cosine(this.state[copy]);
    into[offset + 1] = sine(this.state[copy]);
    into[offset + 2] = this.state[this.copies + copy];
  }
}

/** The angle's representative in [−π, π). */
function normalised(angle: number): number {
  const rest = (angle + Math.PI) % (2 * Math.PI);
  return (rest < 0 ? rest + 2 * Math.PI : rest) - Math.PI;
}

export const pendulum: EnvSpec = {
  id: "Pendulum-v1",
  description: "swing a pendulum up and hold it by a torque; the cost of angle, speed and torque",
  maxEpisodeSteps: 200,
  observationSpace: new Box([-1, -1, -FASTEST], [1, 1, FASTEST]),
  actionSpace: new Box([-STRONGEST], [STRONGEST]),
  stateNames: ["theta", "thetaDot"],
  parameters,
  numpySeeding: true,
  reference: {
    kind: "stored",
    source: "A2C of the Stable-Baselines3 zoo, 1M steps",
    value: (_parameters, rewardScale) => rewardScale * -163.0,
  },
  picture: pendulumPicture,
  dynamics: (copies) => new Pendulum(copies),
};
