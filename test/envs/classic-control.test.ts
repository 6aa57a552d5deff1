import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { make, spec } from "../../envs/index.js";

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

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));

describe("classic control against Gymnasium", () => {
  it("has all 15 trajectories to compare with, on 5 environments", () => {
    expect(golden.trajectories).toHaveLength(15);
    expect(new Set(golden.trajectories.map(({ env }) => env)).size).toBe(5);
  });

  it.each(golden.trajectories)("$env agrees step by step from the recorded state (seed $seed)", (recorded) => {
    const { env: id, initialState, initialObservation, steps } = recorded;
    const continuous = spec(id).actionSpace.kind === "box";
    const env = make<Float32Array, number | number[]>(id);
    let state = initialState;
    const [first] = env.reset({ options: { state } });
    expect([...first]).toEqual(initialObservation);
    let elapsed = 0;
    for (const step of steps) {
      env.reset({ options: { state } });
      const [observation, reward, terminated, truncated] = env.step(continuous ? step.action : step.action[0]);
      elapsed++;
      expect(farthest(env.state, step.state)).toBeLessThanOrEqual(1e-12);
      expect([...observation]).toEqual(step.observation);
      expect(Math.abs(reward - step.reward)).toBeLessThanOrEqual(1e-12);
      expect(terminated).toBe(step.terminated);
      // Each step here is the first of an episode; the recorded flag counts from the trajectory's start.
      expect([truncated, elapsed >= spec(id).maxEpisodeSteps]).toEqual([false, step.truncated]);
      state = step.state;
    }
  });
});

describe.each(["Acrobot-v1", "MountainCar-v0", "MountainCarContinuous-v0", "Pendulum-v1"])("%s", (id) => {
  const { parameters, stateNames } = spec(id);
  const action = spec(id).actionSpace.kind === "box" ? [0.7] : 2;
  const start = stateNames.length === 4 ? [0.5, -0.7, 0.3, 0.9] : id.startsWith("Mountain") ? [-0.5, 0.03] : [2, 0.4];

  it.each(Object.keys(parameters).filter((name) => !name.startsWith("goal")))("moves otherwise after %s", (name) => {
    const [changed, unchanged] = [1.3, 1].map((factor) => {
      const env = make<Float32Array, unknown>(id);
      env.parameters.set(name, factor * env.parameters.get(name));
      env.reset({ options: { state: start } });
      env.step(action);
      return env.state;
    });
    expect(farthest(changed, unchanged)).toBeGreaterThan(1e-5);
  });
});

describe("the weak car", () => {
  it.each(["MountainCar-v0", "MountainCarContinuous-v0"])("%s ends at the flag, fast enough, and not before", (id) => {
    const env = make<Float32Array, unknown>(id);
    const action = id === "MountainCar-v0" ? 2 : [1];
    const ends = (x: number, velocity: number) => {
      env.reset({ options: { state: [x, velocity] } });
      const [, reward, terminated] = env.step(action);
      return [reward, terminated];
    };
    expect(ends(0.3, 0.05)).toEqual([id === "MountainCar-v0" ? -1 : -0.1, false]);
    expect(ends(0.49, 0.06)).toEqual([id === "MountainCar-v0" ? -1 : 99.9, true]);
    env.parameters.set("goalVelocity", 0.065);
    expect(ends(0.49, 0.06)[1]).toBe(false);
    env.parameters.set("goalPosition", 0.2);
    expect(ends(0.3, 0.068)[1]).toBe(true);
  });

  it("stops at the left end", () => {
    const env = make("MountainCar-v0");
    env.reset({ options: { state: [-1.19, -0.05] } });
    env.step(0);
    expect([...env.state]).toEqual([-1.2, 0]);
  });
});

describe("limits", () => {
  it.each([
    ["CartPole-v1", 500],
    ["Acrobot-v1", 500],
    ["MountainCar-v0", 200],
    ["MountainCarContinuous-v0", 999],
    ["Pendulum-v1", 200],
  ])("%s is cut off after %d steps", (id, limit) => {
    expect(spec(id).maxEpisodeSteps).toBe(limit);
  });
});
