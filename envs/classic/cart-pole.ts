import { cosine, sine } from "../../src/math/elementary/trigonometry.js";
import type { RandomStream } from "../../src/rng/random-stream.js";
import type { Dynamics, EnvSpec } from "../dynamics.js";
import { Parameters } from "../parameters.js";
import { cartPolePicture } from "../pictures/cart-pole.js";
import { Box, Discrete } from "../spaces/index.js";

const parameters = {
  gravity: { default: 9.8, description: "gravity, m/s²" },
  massCart: { default: 1, description: "mass of the cart, kg", positive: true },
  massPole: { default: 0.1, description: "mass of the pole, kg", positive: true },
  length: { default: 0.5, description: "half the length of the pole, m", positive: true },
  forceMag: { default: 10, description: "push on the cart, N; a negative one swaps left and right" },
  tau: { default: 0.02, description: "time between two steps, s", positive: true },
} as const;

/** The cart leaves the track beyond this distance from its middle, m. */
const FARTHEST = 2.4;
/** The pole has fallen beyond this angle, rad (12°). */
const STEEPEST = (12 * 2 * Math.PI) / 360;

/**
 * The dynamics of a pole balanced on a cart, N copies at once.
 *
 *     f    = ±forceMag                                            (action 1 pushes right, 0 left)
 *     temp = (f + massPole·length·θ̇² sin θ) / (massCart + massPole)
 *     θ̈    = (gravity sin θ − cos θ · temp) / (length (4/3 − massPole cos² θ / (massCart + massPole)))
 *     ẍ    = temp − massPole·length·θ̈ cos θ / (massCart + massPole)
 *     x += tau ẋ,  ẋ += tau ẍ,  θ += tau θ̇,  θ̇ += tau θ̈           (Euler, the old velocities move the positions)
 *
 * Reward 1 for every step, the last one included. Terminates beyond |x| = 2.4 m or |θ| = 12°. Starts uniformly within
 * ±0.05 in every variable. The operations stand in Gymnasium's order; a state differs from Gymnasium's only where the
 * two sines do.
 *
 * Source: Barto, Sutton and Anderson (1983), with the frictionless equations of Florian (2007);
 * `gymnasium/envs/classic_control/cartpole.py`.
 */
class CartPole implements Dynamics {
  readonly state: Float64Array;
  readonly rewards: Float64Array;
  readonly terminated: Uint8Array;
  readonly parameters: Parameters;
  #values!: Readonly<Record<keyof typeof parameters, number>>;
  #totalMass!: number;
  #poleMassLength!: number;

  constructor(readonly copies: number) {
    this.state = new Float64Array(4 * copies);
    this.rewards = new Float64Array(copies).fill(1);
    this.terminated = new Uint8Array(copies);
    this.parameters = new Parameters(parameters, (values) => {
      this.#values = values;
      this.#totalMass = values.massPole + values.massCart;
      this.#poleMassLength = values.massPole * values.length;
    });
  }

  start(copy: number, stream: RandomStream): void {
    for (let v = 0; v < 4; v++) this.state[v * this.copies + copy] = stream.uniform(-0.05, 0.05);
  }

  step(actions: ArrayLike<number>): void {
    const { copies, state, terminated } = this;
    const { gravity, massPole, length, forceMag, tau } = this.#values;
    const totalMass = this.#totalMass;
    const poleMassLength = this.#poleMassLength;
    for (let i = 0; i < copies; i++) {
      const x = state[i];
      const xDot = state[copies + i];
      const theta = state[2 * copies + i];
      const thetaDot = state[3 * copies + i];
      const force = actions[i] === 1 ? forceMag : -forceMag;
      const cos = cosine(theta);
      const sin = sine(theta);
      const temp = (force + poleMassLength * (thetaDot * thetaDot) * sin) / totalMass;
      const thetaAcceleration =
        (gravity * sin - cos * temp) / (length * (4 / 3 - (massPole * (cos * cos)) / totalMass));
      const xAcceleration = temp - (poleMassLength * thetaAcceleration * cos) / totalMass;
      const nextX = x + tau * xDot;
      const nextTheta = theta + tau * thetaDot;
      state[i] = nextX;
      state[copies + i] = xDot + tau * xAcceleration;
      state[2 * copies + i] = nextTheta;
      state[3 * copies + i] = thetaDot + tau * thetaAcceleration;
      // Written so that a state that is no number ends the episode too.
      terminated[i] = Math.abs(nextX) <= FARTHEST && Math.abs(nextTheta) <= STEEPEST ? 0 : 1;
    }
  }

  observe(copy: number, into: Float32Array, offset: number): void {
    for (let v = 0; v < 4; v++) into[offset + v] = this.state[v * this.copies + copy];
  }
}

const bound = [2 * FARTHEST, Number.POSITIVE_INFINITY, 2 * STEEPEST, Number.POSITIVE_INFINITY];

export const cartPole: EnvSpec = {
  id: "CartPole-v1",
  description: "balance a pole on a cart by pushing left or right; return at most 500",
  maxEpisodeSteps: 500,
  observationSpace: new Box(
    bound.map((b) => -b),
    bound,
  ),
  actionSpace: new Discrete(2),
  stateNames: ["x", "xDot", "theta", "thetaDot"],
  parameters,
  numpySeeding: true,
  reference: {
    kind: "stored",
    source: "the time limit: no episode can be longer",
    value: (_parameters, rewardScale) => rewardScale * 500,
  },
  picture: cartPolePicture,
  dynamics: (copies) => new CartPole(copies),
};
