import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import { acrobotPicture } from "../pictures/acrobot.js";
import { Box, Discrete } from "../spaces/index.js";

const parameters = {
  gravity: { default: 9.8, description: "gravity, m/s²" },
  mass1: { default: 1, description: "mass of the upper link, kg", positive: true },
  mass2: { default: 1, description: "mass of the lower link, kg", positive: true },
  length1: { default: 1, description: "length of the upper link, m", positive: true },
  centre1: {
    default: 0.5,
    description: "distance of the upper link's centre of mass from its joint, m",
    positive: true,
  },
  centre2: {
    default: 0.5,
    description: "distance of the lower link's centre of mass from its joint, m",
    positive: true,
  },
  inertia: { default: 1, description: "moment of inertia of either link, kg m²", positive: true },
  torque: { default: 1, description: "torque of the actuated joint, N m; a negative one swaps its sides" },
  dt: { default: 0.2, description: "time between two steps, s", positive: true },
} as const;
type Values = Readonly<Record<keyof typeof parameters, number>>;

const FASTEST_1 = 4 * Math.PI;
const FASTEST_2 = 9 * Math.PI;

/**
 * The dynamics of two links of which the joint between is driven by (action − 1)·torque, N copies at once. Both angles
 * are 0 when the links hang straight down; the second is relative to the first.
 *
 *     d₁ = m₁c₁² + m₂(l₁² + c₂² + 2 l₁c₂ cos θ₂) + 2I,  d₂ = m₂(c₂² + l₁c₂ cos θ₂) + I
 *     φ₂ = m₂c₂g cos(θ₁ + θ₂ − π/2)
 *     φ₁ = −m₂l₁c₂ θ̇₂² sin θ₂ − 2m₂l₁c₂ θ̇₂θ̇₁ sin θ₂ + (m₁c₁ + m₂l₁) g cos(θ₁ − π/2) + φ₂
 *     θ̈₂ = (u + d₂/d₁ φ₁ − m₂l₁c₂ θ̇₁² sin θ₂ − φ₂) / (m₂c₂² + I − d₂²/d₁),  θ̈₁ = −(d₂θ̈₂ + φ₁)/d₁
 *
 * One step of the classical Runge-Kutta method, then the angles wrapped to [−π, π] and the velocities clipped to ±4π
 * and ±9π. Reward −1, 0 on arriving. Terminates when −cos θ₁ − cos(θ₁ + θ₂) > 1. Starts uniformly within ±0.1 in every
 * variable, rounded to float32 as Gymnasium does.
 *
 * Source: Sutton (1996), Sutton and Barto (2018), the book's equations; `gymnasium/envs/classic_control/acrobot.py`.
 */
class Acrobot implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  #values!: Values;
  readonly #at = new Float64Array(4);
  readonly #slopes = Array.from({ length: 4 }, () => new Float64Array(4));

  constructor(readonly copies: number) {
    this.state = new Float64Array(4 * copies);
    this.rewards = new Float64Array(copies);
    this.terminated = new Uint8Array(copies);
    this.parameters = new Parameters(parameters, (values) => {
      this.#values = values;
    });
  }

  start(copy: number, stream: RandomStream): void {
    for (let v = 0; v < 4; v++) this.state[v * this.copies + copy] = Math.fround(stream.uniform(-0.1, 0.1));
  }

  step(actions: ArrayLike<number>): void {
    const { copies, state, rewards, terminated } = this;
    const { dt, torque } = this.#values;
    const [k1, k2, k3, k4] = this.#slopes;
    for (let i = 0; i < copies; i++) {
      const push = (actions[i] - 1) * torque;
      this.#slope(i, k1, 0, push, k1);
      this.#slope(i, k1, dt / 2, push, k2);
      this.#slope(i, k2, dt / 2, push, k3);
      this.#slope(i, k3, dt, push, k4);
      for (let v = 0; v < 4; v++) {
        state[v * copies + i] += (dt / 6) * (k1[v] + 2 * k2[v] + 2 * k3[v] + k4[v]);
      }
      const theta1 = wrapped(state[i]);
      const theta2 = wrapped(state[copies + i]);
      state[i] = theta1;
      state[copies + i] = theta2;
      state[2 * copies + i] = Math.min(Math.max(state[2 * copies + i], -FASTEST_1), FASTEST_1);
      state[3 * copies + i] = Math.min(Math.max(state[3 * copies + i], -FASTEST_2), FASTEST_2);
      const arrived = -cosine(theta1) - cosine(theta2 + theta1) > 1;
      terminated[i] = arrived ? 1 : 0;
      rewards[i] = arrived ? 0 : -1;
    }
  }

  /** The time derivative at the state of copy i moved by `ahead` along `along`, into `out`. */
  #slope(i: number, along: Float64Array, ahead: number, push: number, out: Float64Array): void {
    const { gravity: g, mass1: m1, mass2: m2, length1: l1, centre1: c1, centre2: c2, inertia } = this.#values;
    for (let v = 0; v < 4; v++) {
      const value = this.state[v * this.copies + i];
      this.#at[v] = ahead === 0 ? value : value + ahead * along[v];
    }
    const theta1 = this.#at[0];
    const theta2 = this.#at[1];
    const thetaDot1 = this.#at[2];
    const thetaDot2 = this.#at[3];
    const cos2 = cosine(theta2);
    const sin2 = sine(theta2);
    const d1 = m1 * (c1 * c1) + m2 * (l1 * l1 + c2 * c2 + 2 * l1 * c2 * cos2) + inertia + inertia;
    const d2 = m2 * (c2 * c2 + l1 * c2 * cos2) + inertia;
    const phi2 = m2 * c2 * g * cosine(theta1 + theta2 - Math.PI / 2);
    const phi1 =
      -m2 * l1 * c2 * (thetaDot2 * thetaDot2) * sin2 -
      2 * m2 * l1 * c2 * thetaDot2 * thetaDot1 * sin2 +
      (m1 * c1 + m2 * l1) * g * cosine(theta1 - Math.PI / 2) +
      phi2;
    const acceleration2 =
      (push + (d2 / d1) * phi1 - m2 * l1 * c2 * (thetaDot1 * thetaDot1) * sin2 - phi2) /
      (m2 * (c2 * c2) + inertia - (d2 * d2) / d1);
    out[0] = thetaDot1;
    out[1] = thetaDot2;
    out[2] = -(d2 * acceleration2 + phi1) / d1;
    out[3] = acceleration2;
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    const { state, copies } = this;
    into[offset] = cosine(state[copy]);
    into[offset + 1] = sine(state[copy]);
    into[offset + 2] = cosine(state[copies + copy]);
    into[offset + 3] = sine(state[copies + copy]);
    into[offset + 4] = state[2 * copies + copy];
    into[offset + 5] = state[3 * copies + copy];
  }
}

/** The angle turned by whole turns into [−π, π]; one that is no finite number stays so. */
function wrapped(angle: number): number {
  let x = Math.abs(angle) > 64 * Math.PI ? angle % (2 * Math.PI) : angle;
  while (x > Math.PI) x -= 2 * Math.PI;
  while (x < -Math.PI) x += 2 * Math.PI;
  return x;
}

export const acrobot: EnvSpec = {
  id: "Acrobot-v1",
  description: "swing the tip of two links above a line by driving the joint between them; −1 a step until then",
  maxEpisodeSteps: 500,
  observationSpace: new Box([-1, -1, -1, -1, -FASTEST_1, -FASTEST_2], [1, 1, 1, 1, FASTEST_1, FASTEST_2]),
  actionSpace: new Discrete(3),
  stateNames: ["theta1", "theta2", "theta1Dot", "theta2Dot"],
  parameters,
  numpySeeding: true,
  reference: {
    kind: "stored",
    source: "PPO of the Stable-Baselines3 zoo, 1M steps",
    value: (_parameters, rewardScale) => rewardScale * -73.5,
  },
  picture: acrobotPicture,
  dynamics: (copies) => new Acrobot(copies),
};
