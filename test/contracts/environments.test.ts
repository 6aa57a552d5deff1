import { describe, expect, it } from "vitest";
import { make, makeVector, names, OutOfOrderError, type SingleEnv, spec } from "../../envs/index.js";
import { InputError } from "../../src/config/input-error.js";
import { RandomStream } from "../../src/rng/random-stream.js";
import { Streams } from "../../src/rng/streams.js";

type AnyEnv = SingleEnv<unknown, unknown>;
const any = (id: string): AnyEnv => make<unknown, unknown>(id);

/** An observation or an action as an array of numbers. */
const flat = (x: unknown): number[] => (typeof x === "number" ? [x] : Array.from(x as ArrayLike<number>));

/** Everything that is seen of `steps` random steps, resets included. */
function trajectory(env: AnyEnv, seed: number, steps: number): unknown[] {
  const policy = new RandomStream(seed, "policy");
  const [first, info] = env.reset({ seed });
  const seen: unknown[] = [flat(first), info];
  for (let t = 0; t < steps; t++) {
    const [observation, reward, terminated, truncated, { parameters }] = env.step(env.actionSpace.sample(policy));
    seen.push(flat(observation), reward, terminated, truncated, parameters);
    if (terminated || truncated) seen.push(flat(env.reset()[0]));
  }
  return seen;
}

/** What `steps` steps show from a fresh reset on, always under the same actions. */
function episodes(env: AnyEnv, steps: number): unknown[] {
  const policy = new RandomStream(1, "policy");
  const seen: unknown[] = [flat(env.reset()[0])];
  for (let t = 0; t < steps; t++) {
    const [observation, reward, terminated, truncated] = env.step(env.actionSpace.sample(policy));
    seen.push(flat(observation), reward);
    if (terminated || truncated) env.reset();
  }
  return seen;
}

describe.each(names())("%s", (id) => {
  it("plays the same trajectory from the same seed and another from another", () => {
    expect(trajectory(any(id), 7, 300)).toEqual(trajectory(any(id), 7, 300));
    expect(trajectory(any(id), 7, 300)).not.toEqual(trajectory(any(id), 8, 300));
  });

  it("is seeded anew by a reset with a seed, whatever went before", () => {
    const used = any(id);
    trajectory(used, 3, 50);
    const [again, { clock }] = used.reset({ seed: 7 });
    expect(flat(again)).toEqual(flat(any(id).reset({ seed: 7 })[0]));
    expect(clock).toBe(50);
  });

  it("goes on with its stream at a reset without a seed", () => {
    const env = any(id);
    env.reset({ seed: 1 });
    const first = episodes(env, 40);
    const second = episodes(env, 40);
    if (spec(id).deterministic) expect(second).toEqual(first);
    else expect(second).not.toEqual(first);
  });

  it("observes within its space and rewards finitely", () => {
    const env = any(id);
    const policy = new RandomStream(2, "policy");
    expect(env.observationSpace.contains(env.reset({ seed: 2 })[0])).toBe(true);
    for (let t = 0; t < 1000; t++) {
      const [observation, reward, terminated, truncated] = env.step(env.actionSpace.sample(policy));
      expect(env.observationSpace.contains(observation)).toBe(true);
      expect(Number.isFinite(reward)).toBe(true);
      if (terminated || truncated) env.reset();
    }
  });

  it("hands out observations and info that later steps leave alone", () => {
    const env = any(id);
    const policy = new RandomStream(2, "policy");
    const [observation, info] = env.reset({ seed: 2 });
    const copy = flat(observation);
    const truth = structuredClone(info);
    env.parameters.set(env.parameters.names[0], 0.5 * env.parameters.get(env.parameters.names[0]));
    env.step(env.actionSpace.sample(policy));
    expect(flat(observation)).toEqual(copy);
    expect(info).toEqual(truth);
  });

  it("steps deterministically from a given state and seed", () => {
    const env = any(id);
    env.reset({ seed: 1 });
    const { state } = env;
    const action = env.actionSpace.sample(new RandomStream(1, "policy"));
    const step = () => {
      const [observation] = env.reset({ seed: 1, options: { state } });
      expect([...env.state]).toEqual([...state]);
      return [observation, ...env.step(action).slice(0, 4)];
    };
    expect(step()).toEqual(step());
  });

  it("refuses a wrong action and goes on as if it had not been asked", () => {
    const env = any(id);
    env.reset({ seed: 1 });
    const state = [...env.state];
    for (const wrong of [-7, 1e9, 9.5, Number.NaN, [Number.NaN], [0, 0], [], undefined, null, "0"]) {
      expect(() => env.step(wrong)).toThrow(InputError);
    }
    expect([...env.state]).toEqual(state);
    const untouched = any(id);
    untouched.reset({ seed: 1 });
    const action = env.actionSpace.sample(new RandomStream(1, "policy"));
    expect(env.step(action)).toEqual(untouched.step(action));
  });

  it("refuses a wrong reset and goes on as if it had not been asked", () => {
    const env = any(id);
    env.reset({ seed: 1 });
    const state = [...env.state];
    const { stateNames } = spec(id);
    expect(() => env.reset({ seed: -1 })).toThrow(InputError);
    expect(() => env.reset({ seed: 1.5 })).toThrow(InputError);
    expect(() => env.reset({ seed: 9, options: { state: [] } })).toThrow(stateNames.join(", "));
    expect(() => env.reset({ options: { state: stateNames.map(() => Number.NaN) } })).toThrow(InputError);
    expect(() => env.reset({ options: { low: 0 } as object })).toThrow('unknown key "low"');
    expect([...env.state]).toEqual(state);
    const untouched = any(id);
    untouched.reset({ seed: 1 });
    expect(flat(env.reset()[0])).toEqual(flat(untouched.reset()[0]));
  });

  it("wants a reset first, and again after the end", () => {
    const env = any(id);
    const policy = new RandomStream(4, "policy");
    expect(() => env.step(env.actionSpace.sample(policy))).toThrow(OutOfOrderError);
    env.reset({ seed: 4 });
    let ended = false;
    let length = 0;
    while (!ended) {
      const [, , terminated, truncated] = env.step(env.actionSpace.sample(policy));
      ended = terminated || truncated;
      length++;
    }
    expect(length).toBeLessThanOrEqual(spec(id).maxEpisodeSteps);
    const state = [...env.state];
    expect(() => env.step(env.actionSpace.sample(policy))).toThrow("step after the episode's end; call reset");
    expect([...env.state]).toEqual(state);
    env.reset();
    env.step(env.actionSpace.sample(policy));
  });

  it("closes, twice without harm, and is not used after", () => {
    const env = any(id);
    env.reset({ seed: 1 });
    env.close();
    env.close();
    expect(() => env.step(env.actionSpace.sample(new RandomStream(1, "policy")))).toThrow(OutOfOrderError);
    expect(() => env.reset()).toThrow(OutOfOrderError);
  });

  it("starts the copies of a vector apart and steps them alike", () => {
    const vector = makeVector(id, { copies: 3, streams: new Streams(6) });
    const size = spec(id).observationSpace.size;
    const rows = vector.reset();
    const [first] = any(id).reset({ seed: 6 });
    expect(flat(spec(id).observationSpace.unflatten(rows.subarray(0, size)))).toEqual(flat(first));
    if (spec(id).deterministic) return;
    const seen = [0, 1].map(() => [] as number[]);
    const action = flat(spec(id).actionSpace.sample(new RandomStream(1, "policy")));
    for (let t = 0; t < 20; t++) {
      for (const i of [0, 1]) seen[i].push(...rows.subarray(i * size, (i + 1) * size), vector.rewards[i]);
      vector.step([...action, ...action, ...action]);
    }
    expect(seen[1]).not.toEqual(seen[0]);
  });
});
