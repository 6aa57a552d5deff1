import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cartPole } from "../../envs/classic/cart-pole.js";
import { make } from "../../envs/index.js";

interface Recorded {
  readonly env: string;
  readonly seed: number;
  readonly initialState: number[];
  readonly initialObservation: number[];
  readonly steps: readonly {
    readonly action: [number];
    readonly state: number[];
    readonly observation: number[];
    readonly reward: number;
    readonly terminated: boolean;
    readonly truncated: boolean;
  }[];
}

const golden = JSON.parse(
  readFileSync(resolve(import.meta.dirname, "../golden/gymnasium-classic-control.json"), "utf8"),
) as { trajectories: Recorded[] };
const recorded = golden.trajectories.filter(({ env }) => env === "CartPole-v1");

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe("CartPole-v1 against Gymnasium", () => {
  it("has trajectories to compare with", () => {
    expect(recorded.map(({ steps }) => steps.length)).toEqual([25, 13, 25]);
  });

  it.each(recorded)("agrees step by step from the recorded state (seed $seed)", ({ initialState, steps }) => {
    const env = make("CartPole-v1");
    let state = initialState;
    for (const step of steps) {
      env.reset({ options: { state } });
      const [observation, reward, terminated, truncated] = env.step(step.action[0]);
      expect(farthest(env.state, step.state)).toBeLessThanOrEqual(1e-12);
      expect([...observation]).toEqual(step.observation);
      expect([reward, terminated, truncated]).toEqual([step.reward, step.terminated, step.truncated]);
      state = step.state;
    }
  });

  it.each(recorded)("agrees over a whole episode (seed $seed)", ({ initialState, initialObservation, steps }) => {
    const env = make("CartPole-v1");
    const [first] = env.reset({ options: { state: initialState } });
    expect([...first]).toEqual(initialObservation);
    for (const { action, state, observation, terminated } of steps) {
      const [found, , end] = env.step(action[0]);
      expect(farthest(env.state, state)).toBeLessThanOrEqual(1e-12);
      expect([...found]).toEqual(observation);
      expect(end).toBe(terminated);
    }
  });
});

describe("CartPole-v1", () => {
  /** One step from a state by the equations, with the parameters given; written apart from the kernel. */
  function byHand(state: number[], push: number, p: Record<string, number>): number[] {
    const [x, xDot, theta, thetaDot] = state;
    const total = p.massCart + p.massPole;
    const temp = (push + p.massPole * p.length * thetaDot * thetaDot * Math.sin(theta)) / total;
    const turn =
      (p.gravity * Math.sin(theta) - Math.cos(theta) * temp) /
      (p.length * (4 / 3 - (p.massPole * Math.cos(theta) * Math.cos(theta)) / total));
    const shove = temp - (p.massPole * p.length * turn * Math.cos(theta)) / total;
    return [x + p.tau * xDot, xDot + p.tau * shove, theta + p.tau * thetaDot, thetaDot + p.tau * turn];
  }

  const state = [0.1, -0.3, 0.15, 0.4];

  it.each(Object.keys(cartPole.parameters))(
    "obeys its equations after %s is changed, derived quantities too",
    (name) => {
      const env = make("CartPole-v1");
      env.parameters.set(name, 1.7 * env.parameters.get(name));
      env.reset({ options: { state } });
      env.step(1);
      const changed = byHand(state, env.parameters.get("forceMag"), env.parameters.snapshot());
      expect(farthest(env.state, changed)).toBeLessThan(1e-15);
      const unchanged = make("CartPole-v1");
      unchanged.reset({ options: { state } });
      unchanged.step(1);
      expect(farthest(env.state, unchanged.state)).toBeGreaterThan(1e-5);
    },
  );

  it("swaps left and right under a negative force", () => {
    const [right, left] = [10, -10].map((forceMag) => {
      const env = make("CartPole-v1", { parameters: { forceMag } });
      env.reset({ options: { state } });
      env.step(forceMag > 0 ? 1 : 0);
      return env.state;
    });
    expect(left).toEqual(right);
  });

  it("terminates beyond 2.4 m and beyond 12°, not on the way there", () => {
    const ends = (state: number[]) => {
      const env = make("CartPole-v1");
      env.reset({ options: { state } });
      return env.step(0)[2];
    };
    const steepest = (12 * Math.PI) / 180;
    expect(ends([2.39, 0, 0, 0])).toBe(false);
    expect(ends([2.39, 1, 0, 0])).toBe(true);
    expect(ends([-2.39, -1, 0, 0])).toBe(true);
    expect(ends([0, 0, steepest - 1e-9, 0])).toBe(false);
    expect(ends([0, 0, steepest + 1e-9, 0])).toBe(true);
    expect(ends([0, 0, -steepest - 1e-9, 0])).toBe(true);
  });

  it("is truncated at 500 steps, and says so when it terminates there too", () => {
    const balanced = make("CartPole-v1", { parameters: { forceMag: 0, gravity: 0 } });
    balanced.reset({ options: { state: [0, 0, 0, 0] } });
    const flags = Array.from({ length: 500 }, () => balanced.step(0).slice(2, 4));
    expect(flags.slice(0, 499)).toEqual(Array(499).fill([false, false]));
    expect(flags[499]).toEqual([false, true]);

    const rolling = make("CartPole-v1", { parameters: { forceMag: 0, gravity: 0, tau: 1 } });
    rolling.reset({ options: { state: [-2.3, 0.0094, 0, 0] } });
    for (let i = 0; i < 499; i++) expect(rolling.step(0)[2]).toBe(false);
    expect(rolling.step(0).slice(2, 4)).toEqual([true, true]);
  });

  it("starts uniformly within 0.05 in every variable", () => {
    const env = make("CartPole-v1");
    env.reset({ seed: 5 });
    const states = Array.from({ length: 2000 }, () => {
      env.reset();
      return env.state;
    });
    for (let v = 0; v < 4; v++) {
      const values = states.map((state) => state[v]);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(-0.05);
      expect(Math.max(...values)).toBeLessThan(0.05);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const variance = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length;
      expect(Math.abs(mean)).toBeLessThan(4 * (0.1 / Math.sqrt(12 * 2000)));
      expect(variance / (0.01 / 12)).toBeCloseTo(1, 1);
    }
  });
});
